"""明责: roles, kinds of unit, levels, and what each role may do — permissions are data."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import Term, _, say

HERE = Path(__file__).parent


class Role(Term):
    """岗位: what a person does in the mechanism."""

    OFFICE = "office", _("专班工作人员")
    UNIT = "unit", _("承办人")
    SUPERVISOR = "supervisor", _("督办人员")
    VISITOR = "visitor", _("核查回访人员")
    LEADER = "leader", _("领导")
    DEPUTY = "deputy", _("代表委员")
    PRESS = "press", _("记者")
    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDIT = "audit", _("审计管理员")
    CLOCK = "clock", _("时钟")


ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY, Role.AUDIT})


class Level(Term):
    """层级: where a region, and so a round, stands."""

    CITY = "city", _("市级")
    COUNTY = "county", _("县区")
    TOWN = "town", _("镇街")


class UnitKind(Term):
    """单位类别."""

    STANDING = "standing", _("专班常设单位")
    DEPARTMENT = "department", _("职能部门")
    GOVERNMENT = "government", _("县区政府")
    COMMITTEE = "committee", _("管委会")
    TOWN = "town", _("镇街")


@cache
def permissions() -> dict[str, frozenset[str]]:
    """Role key → the permissions it has, as people/permissions.toml says."""
    table = tomllib.loads((HERE / "permissions.toml").read_text("utf-8"))["roles"]
    return {Role(role).value: frozenset(granted) for role, granted in table.items()}


def granted(roles: Iterable[str]) -> frozenset[str]:
    """Everything these roles may do together."""
    table = permissions()
    return frozenset().union(*(table.get(role, frozenset()) for role in roles))


def holders(permission: str) -> list[Role]:
    """The roles that have a permission, in the order of the list."""
    return [role for role in Role if permission in permissions().get(role, frozenset())]


def require(grants: frozenset[str], permission: str) -> None:
    """Refuse, naming who may, when the permission is not among the grants."""
    if permission not in grants:
        raise NotYours(
            _("这一步由%(who)s办理，您的岗位不能办理。"), who=say(_("、")).join(role.word for role in holders(permission)) or "—"
        )


def separate(roles: Iterable[str]) -> None:
    """三权分立: nobody holds two administrators' posts, or one beside a post in the mechanism (GB/T 22239-2019, 8.1.4.2)."""
    held = {Role(role) for role in roles}
    if held & ADMINISTRATORS and len(held) > 1:
        raise Refused(_("系统、安全、审计三类管理岗位须分设，也不能兼任业务岗位。"))
