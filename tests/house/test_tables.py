"""No table points forward, and a planted one is found."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.rules.tables import faults


def test_no_table_points_forward():
    assert faults(model for model in apps.get_models() if model.__module__.startswith("mianduimian.")) == []


def _planted(room, **fields):
    meta = type("Meta", (), {"app_label": room})
    return faults([type("Planted", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})])


@isolate_apps()
@pytest.mark.parametrize(
    ("field", "said"),
    [
        (models.ForeignKey("ledger.Matter", models.PROTECT, related_name="+"), "points forward to ledger"),
        (models.OneToOneField("desks.Page", models.PROTECT, related_name="+"), "points forward to desks"),
        (models.ManyToManyField("ledger.Matter", related_name="+"), "points forward to ledger"),
        (models.ForeignKey("people.Unit", models.PROTECT), "a name to reach forward by"),
        (models.ForeignKey("people.Unit", models.PROTECT, related_name="appeals"), "a name to reach forward by"),
        (models.ForeignKey("people.Unit", models.CASCADE, related_name="+"), "does not PROTECT"),
        (models.ForeignKey("triage.Planted", models.SET_NULL, null=True), "does not PROTECT"),
    ],
)
def test_a_planted_pointer_is_found(field, said):
    found = _planted("triage", pointer=field)
    assert len(found) == 1
    assert said in found[0]


@isolate_apps()
def test_a_table_may_point_back_and_at_its_own_room():
    back = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    own = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    assert _planted("triage", back=back, own=own) == []
