"""明责: the three administrators' pages: who there is, who holds which post, what was done."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.people import acts
from mianduimian.people.doors import door, person
from mianduimian.people.forms import AppointForm, RegisterForm, RelieveForm, TraceForm
from mianduimian.people.models import Person, Post, Unit
from mianduimian.people.rules import Role, permissions


@door("people.see")
def persons(request: HttpRequest) -> HttpResponse:
    """Everybody who works in the mechanism, with their posts."""
    posts: dict[int, list[Post]] = {}
    for post in Post.objects.filter(until=None).select_related("unit"):
        posts.setdefault(post.person_id, []).append(post)
    everybody = [(who, posts.get(who.pk, [])) for who in Person.objects.order_by("pk")]
    return render(request, "people/persons.html", {"everybody": everybody})


@door("people.manage")
def register(request: HttpRequest) -> HttpResponse:
    """Register a person."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = acts.register(**form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已登记%(name)s；岗位由安全管理员授予。") % {"name": made.name})
        return redirect("people:person", made.pk)
    return render(request, "people/register.html", {"form": form})


@door("people.see")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A person, the posts held and those that ended."""
    who = get_object_or_404(Person, pk=pk)
    posts = Post.objects.filter(person=who).select_related("unit").order_by("-since", "-pk")
    return render(request, "people/person.html", {"who": who, "posts": posts, "lines": Line.objects.of(who)})


@door("people.appoint")
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a post."""
    who = get_object_or_404(Person, pk=pk)
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.appoint(who, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已授予岗位。"))
        return redirect("people:person", pk)
    return render(request, "people/appoint.html", {"who": who, "form": form})


@door("people.appoint")
def relieve(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post."""
    post = get_object_or_404(Post.objects.select_related("person", "unit"), pk=pk)
    form = RelieveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.relieve(post, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("岗位已解除。"))
        return redirect("people:person", post.person_id)
    return render(request, "people/relieve.html", {"post": post, "form": form})


@door("people.see")
def units(request: HttpRequest) -> HttpResponse:
    """Every unit with its parent and region."""
    return render(request, "people/units.html", {"units": Unit.objects.select_related("parent", "region")})


@door("people.see")
def rights(request: HttpRequest) -> HttpResponse:
    """The permission table as it is in force: what each role may do."""
    table = [(role.word, sorted(permissions().get(role.value, []))) for role in Role]
    return render(request, "people/rights.html", {"table": table})


@door("people.audit")
def trace(request: HttpRequest) -> HttpResponse:
    """The journal, newest first, for the audit administrator."""
    form = TraceForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    fields = {"verb": "verb__startswith", "actor": "actor_name__contains", "on": "on"}
    lines = Line.objects.filter(**{fields[name]: value for name, value in wanted.items() if value}).order_by("-number")
    page = Paginator(lines, 50).get_page(request.GET.get("page"))
    return render(request, "people/trace.html", {"form": form, "page": page})


@door("people.audit")
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the chain now and say whether it holds."""
    return render(request, "people/verify.html", {"broken": journal.verify(), "count": Line.objects.count()})
