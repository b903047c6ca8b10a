"""The small figures of a group: when it was said, and where."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from mianduimian.people.models import Region
from mianduimian.triage.figures import HEIGHT, MOST_BARS, TILE, WIDTH, county_map, schematic, timeline

DAY = date(2023, 11, 16)
NAMES = {
    "441600": "河源市", "441602": "源城区", "441622": "龙川县", "441602100": "源南镇", "441602101": "埔前镇", "4416A9": "某新区",
}  # fmt: skip
days = some.lists(some.none() | some.dates(date(2020, 1, 1), date(2024, 1, 1)), max_size=80)


def test_a_bar_stands_for_each_day_and_says_how_many_spoke():
    line = timeline([DAY, DAY, DAY + timedelta(2), None])
    assert [(bar.first, bar.count) for bar in line.bars] == [(DAY, 2), (DAY + timedelta(2), 1)]
    assert (line.first, line.last, line.days, line.undated, line.most) == (DAY, DAY + timedelta(2), 3, 1, 2)
    assert line.bars[0].height == 2 * line.bars[1].height


def test_nothing_dated_gives_no_bar_and_says_how_many_bear_no_date():
    line = timeline([None, None])
    assert (line.bars, line.first, line.days, line.undated) == ((), None, 0, 2)
    assert timeline([]).undated == 0


@given(days)
def test_every_dated_member_is_in_exactly_one_bar_that_fits_the_figure(said):
    line = timeline(said)
    assert sum(bar.count for bar in line.bars) + line.undated == len(said)
    assert len(line.bars) <= MOST_BARS
    for bar in line.bars:
        assert 0 <= bar.x and bar.x + bar.width <= WIDTH + 1 and 0 <= bar.y and bar.y + bar.height <= HEIGHT
        assert bar.first <= bar.last and sum(bar.first <= day <= bar.last for day in said if day) == bar.count
    assert all(one.x + one.width <= two.x + 0.1 for one, two in zip(line.bars, line.bars[1:], strict=False))


def test_members_are_counted_in_their_counties_with_their_towns():
    found = county_map(["441602100", "441602100", "441602101", "441602", "441622", "441600", None], NAMES)
    assert [(tile.name, tile.count) for tile in found.counties] == [("源城区", 4), ("龙川县", 1)]
    assert found.counties[0].towns == (("源南镇", 2), ("埔前镇", 1)) and found.unplaced == 2


def test_the_more_spoke_the_darker_a_county_and_nobody_leaves_it_white():
    shades = {tile.name: tile.shade for tile in county_map(["441602"] * 8 + ["441622"], NAMES).tiles}
    assert shades["源城区"] == 4 and shades["龙川县"] == 1 and shades["某新区"] == 0


def test_a_county_without_a_place_on_the_schematic_stands_below_and_none_covers_another():
    tiles = county_map([], NAMES).tiles
    assert {"某新区"} == {tile.name for tile in tiles if tile.y > max(other.y for other in tiles if other.code in schematic())}
    spots = [(tile.x, tile.y) for tile in tiles]
    assert len(set(spots)) == len(spots) and all(x % (TILE + 6) == 0 for x, _y in spots)


def test_every_county_of_the_city_has_its_place(city):
    counties = set(Region.objects.filter(level="county").values_list("pk", flat=True))
    assert counties == set(schematic())
    assert len(set(schematic().values())) == len(counties)
