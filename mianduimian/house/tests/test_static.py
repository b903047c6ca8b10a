"""静态文件: every way of opening the house hands them out compressed, under names that browsers may keep for ever."""

import gzip
import json

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import storages
from django.test import Client
from django.utils.functional import empty

from mianduimian.house import static

HASHED = "mianduimian.house.static.Hashed"


@pytest.fixture
def root(settings, tmp_path):
    """An empty folder for static files, with the storage of the house."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": HASHED}}
    staticfiles_storage._wrapped = empty
    yield settings.STATIC_ROOT
    staticfiles_storage._wrapped = empty


def test_static_files_are_laid_out_once_and_again_only_when_one_has_changed(root, settings, tmp_path):
    assert static.lay_out() and not static.lay_out()
    own = tmp_path / "own"
    own.mkdir()
    (own / "new.css").write_text("p { color: red }")
    settings.STATICFILES_DIRS = [own]
    finders.get_finder.cache_clear()
    assert static.lay_out() and not static.lay_out()
    finders.get_finder.cache_clear()
    assert "new.css" in json.loads((root / "staticfiles.json").read_text())["paths"]


def test_a_page_names_its_look_by_its_content_and_gets_it_compressed_and_kept_for_ever(root, db):
    static.lay_out()
    link = storages["staticfiles"].url("public.css")
    assert link != "/static/public.css"
    browser = Client()
    assert link in browser.get("/public/").content.decode()
    answer = browser.get(link, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip" and "immutable" in answer["Cache-Control"]
    assert b".topbar" in gzip.decompress(b"".join(answer))


def test_where_nothing_was_laid_out_the_plain_names_answer(root, db):
    browser = Client()
    assert "/static/public.css" in browser.get("/public/").content.decode()
    assert browser.get("/static/public.css").status_code == 200


def test_a_script_that_is_not_there_is_named_and_not_passed_over(root):
    static.lay_out()
    with pytest.raises(ValueError, match="nowhere.js"):
        storages["staticfiles"].url("nowhere.js")
