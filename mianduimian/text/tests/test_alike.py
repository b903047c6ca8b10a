"""相似: what a person types finds what was said before."""

from mianduimian.text.alike import Shelf

SHELF = Shelf({
    1: "东华路口红灯坏了三天没人修 东华路口",
    2: "实验学校门口放学时乱停乱放，请整治",
    3: "建设大道路面坑洼积水，请修补",
})  # fmt: skip


def test_the_same_matter_in_other_words_comes_first():
    found = SHELF.likest("我家在东华路口，那里的红灯一直不亮", most=3, least=0.05)
    assert found[0][0] == 1


def test_traditional_characters_and_width_make_no_difference():
    assert SHELF.likest("實驗學校門口亂停亂放", most=1, least=0.05) == SHELF.likest("实验学校门口乱停乱放", most=1, least=0.05)


def test_another_matter_finds_nothing():
    assert SHELF.likest("孩子打疫苗排不上号", most=3, least=0.05) == []


def test_the_same_text_is_one_and_what_lies_below_the_edge_is_left_out():
    ((key, likeness),) = SHELF.likest("建设大道路面坑洼积水，请修补", most=1, least=0.99)
    assert (key, likeness) == (3, 1.0)
    (_key, least) = SHELF.likest("东华路口的红灯", most=1, least=0.0)[0]
    assert SHELF.likest("东华路口的红灯", most=1, least=least)
    assert not SHELF.likest("东华路口的红灯", most=1, least=least + 0.0001)


def test_nothing_typed_and_nothing_published_find_nothing():
    assert SHELF.likest("", most=3, least=0.0) == []
    assert Shelf({}).likest("东华路口", most=3, least=0.0) == []
