"""公开图片: what was boxed is gone from the new file, the original stays inside, a second hand releases it."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from mianduimian.ledger.models import Evidence
from mianduimian.publication import acts
from mianduimian.publication.models import Draft, Picture, inner_file
from mianduimian.publication.retouching import boxes, retouch
from mianduimian.refusal import Refused

RED, GREEN = (255, 0, 0), (0, 200, 0)


def photograph(kind="JPEG", **more):
    """Green, with a red face in its upper left corner, and the place where it was taken."""
    picture = Image.new("RGB", (1000, 800), GREEN)
    picture.paste(RED, (100, 80, 300, 240))
    place = Image.Exif()
    place.get_ifd(0x8825)[1] = "N"
    place[0x010E] = "拍摄于某处"
    out = BytesIO()
    picture.save(out, kind, exif=place, **more)
    return out.getvalue()


@pytest.fixture
def filed(matter, handler, day):
    one = Evidence.objects.create(
        matter=matter, moment="before", name="整改前.jpg", stored="evidence/x", kind="image/jpeg", digest="d", on=day, by=handler
    )
    inner_file(one).parent.mkdir(parents=True)
    inner_file(one).write_bytes(photograph())
    return one


def reds(content):
    picture = Image.open(BytesIO(content)).convert("RGB")
    return sum(count for count, (r, g, b) in picture.getcolors(2**24) if r > 150 and g < 100 and b < 100)


def fetched(client, picture, **query):
    answer = client.get(reverse("publication:picture", args=[picture.pk]), query)
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else b""


def test_what_lies_under_a_box_is_nowhere_in_the_new_files_and_nothing_is_hidden_in_them():
    printed = retouch(photograph(), [(100, 100, 200, 200)])
    for content in (printed.full, printed.small):
        assert reds(content) == 0
        assert not Image.open(BytesIO(content)).getexif()
        assert "拍摄于".encode() not in content
    assert reds(retouch(photograph(), []).full) > 0


def test_a_turned_photograph_is_boxed_as_it_is_seen():
    turned = Image.Exif()
    turned[0x0112] = 6
    picture = Image.new("RGB", (800, 400), GREEN)
    picture.paste(RED, (0, 300, 100, 400))
    out = BytesIO()
    picture.save(out, "JPEG", exif=turned)
    printed = retouch(out.getvalue(), [(0, 0, 260, 130)])
    assert (printed.width, printed.height) == (400, 800)
    assert reds(printed.full) == 0


def test_boxes_are_four_numbers_a_line_and_end_at_the_edge():
    assert boxes("100 200 150 80\n\n900，900，500，500") == [(100, 200, 150, 80), (900, 900, 100, 100)]


@pytest.mark.parametrize("line", ["1 2 3", "a b c d", "0 0 0 10", "1000 0 5 5", "-1 0 5 5"])
def test_a_box_that_is_none_is_refused_by_its_line(line):
    with pytest.raises(Refused, match="第 2 行"):
        boxes(f"1 1 1 1\n{line}")


def test_a_picture_is_public_only_after_two_hands_with_its_matters_words(client, filed, shown, released, office, second, day):
    made = acts.prepare_picture(filed, "伍群众0家门口", [(100, 100, 200, 200)], by=office, on=day)
    assert "伍群众0" not in made.caption
    assert fetched(client, made)[0] == 404
    with pytest.raises(Refused, match="第二个人"):
        acts.release_picture(made, by=office, on=day)
    acts.release_picture(made, by=second, on=day)
    status, content = fetched(client, made)
    assert (status, reds(content)) == (200, 0)
    assert reds(inner_file(filed).read_bytes()) > 0
    assert reverse("publication:picture", args=[made.pk]) in client.get(
        reverse("publication:matter", args=[shown.round.code, shown.matter_id])
    ).content.decode()


def test_a_withdrawn_picture_and_one_of_a_page_taken_down_are_gone_at_once(client, filed, shown, released, office, second, day):
    made = acts.release_picture(acts.prepare_picture(filed, "路口", [], by=office, on=day), by=second, on=day)
    acts.withdraw(released, why="文字有误", by=office, on=day)
    assert fetched(client, made)[0] == 404
    acts.propose(shown.round, by=office, on=day)
    acts.release(shown.round, by=second, on=day)
    assert fetched(client, made)[0] == 200
    acts.withdraw_draft(shown, why="文字有误", by=office, on=day)
    assert fetched(client, made)[0] == 404
    Draft.objects.update(withdrawn_on=None)
    assert fetched(client, made)[0] == 200
    acts.withdraw_picture(made, why="露出车牌", by=office, on=day)
    assert fetched(client, made)[0] == 404


def test_a_new_picture_takes_the_place_of_one_that_waits_but_not_of_one_that_is_public(filed, office, second, day):
    first = acts.prepare_picture(filed, "一", [], by=office, on=day)
    again = acts.prepare_picture(filed, "二", [(1, 1, 9, 9)], by=office, on=day)
    with pytest.raises(Refused, match="已撤回"):
        acts.release_picture(first, by=second, on=day)
    acts.release_picture(again, by=second, on=day)
    with pytest.raises(Refused, match="请先撤回"):
        acts.prepare_picture(filed, "三", [], by=office, on=day)


def test_boxes_are_typed_without_any_script_and_bad_ones_keep_what_was_typed(client, filed, round, office, second):
    client.force_login(office)
    url = reverse("publication:prepare", args=[round.code, filed.pk])
    bad = client.post(url, {"caption": "校门口整改前", "boxes": "1 2 3", "looked": "on"}).content.decode()
    assert "不是四个数" in bad
    assert "校门口整改前" in bad
    client.post(url, {"caption": "校门口整改前", "boxes": "100 100 200 200", "looked": "on"})
    assert Picture.objects.get().boxes == [[100, 100, 200, 200]]
    client.force_login(second)
    client.post(reverse("publication:release_picture", args=[round.code, Picture.objects.get().pk]))
    assert Picture.objects.get().released_by == second
