"""明责: persons, units, regions and posts."""

from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from mianduimian.people.rules import ADMINISTRATORS, Level, Role, UnitKind, granted, require


class RegionQuerySet(models.QuerySet["Region"]):
    def under(self, region: "Region") -> Self:
        """The region itself and everything below it."""
        return self.filter(Q(pk=region.pk) | Q(parent=region.pk) | Q(parent__parent=region.pk))


class Region(models.Model):
    """区划: GB/T 2260 codes; management committees carry internal ones."""

    code = models.CharField("代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=40)
    level = models.CharField("层级", max_length=8, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级")

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """单位: a department, county, town or office."""

    key = models.SlugField("键", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60, unique=True)
    short = models.CharField("简称", max_length=20)
    kind = models.CharField("类别", max_length=12, choices=UnitKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级单位")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.short


class PersonManager(BaseUserManager["Person"]):
    def clock(self) -> "Person":
        """The one who acts when the calendar does: reminders, recomputed deadlines, messages."""
        return self.get(username="clock")


class Person(AbstractBaseUser):
    """人员: one who works in the mechanism and signs what they do."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("在用", default=True)
    joined_on = models.DateField("启用日期")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    EMAIL_FIELD = ""

    objects = PersonManager()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def posts(self) -> list["Post"]:
        """The posts held now, with unit and region at hand."""
        return list(Post.objects.filter(person=self, until=None).select_related("unit__region").order_by("pk"))

    @cached_property
    def roles(self) -> frozenset[str]:
        """The keys of all roles held now."""
        return frozenset(post.role for post in self.posts)

    @cached_property
    def grants(self) -> frozenset[str]:
        """Everything this person may do."""
        return granted(self.roles) if self.is_active else frozenset()

    def may(self, permission: str) -> bool:
        """Whether one of the posts grants the permission."""
        return permission in self.grants

    def must(self, permission: str) -> None:
        """Refuse when no post grants the permission."""
        require(self.grants, permission)

    @cached_property
    def units(self) -> list[Unit]:
        """The units this person works for."""
        return list({post.unit_id: post.unit for post in self.posts}.values())

    @cached_property
    def regions(self) -> list[Region]:
        """The regions in which this person's office, supervision or leadership reaches."""
        return list({post.unit.region_id: post.unit.region for post in self.posts if post.role != Role.UNIT}.values())

    @cached_property
    def region_codes(self) -> list[str]:
        """Codes of those regions and all below them."""
        reach = Q(pk__in=[])
        for region in self.regions:
            reach |= Q(pk=region.pk) | Q(parent=region.pk) | Q(parent__parent=region.pk)
        return list(Region.objects.filter(reach).values_list("pk", flat=True))

    @property
    def is_administrator(self) -> bool:
        """Whether the person holds one of the three separated administrators' posts."""
        return bool(self.roles & ADMINISTRATORS)


class Post(models.Model):
    """岗位: a person works in a role for a unit, since a day, until a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    role = models.CharField("岗位", max_length=12, choices=Role.choices)
    since = models.DateField("起")
    until: "models.DateField[date | None, date | None]" = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "unit", "role"], condition=Q(until=None), name="post_held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {Role.word_of(self.role)}"
