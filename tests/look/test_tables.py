"""Lists: searched, filtered, sorted, paged, exported, at a fixed number of queries."""

import io
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from berdaya.look.tables import Column, Filter, State, Table

pytestmark = pytest.mark.usefixtures("db")


class TypeTable(Table):
    name = "types"
    columns = (
        Column("model", "Model"),
        Column("app", "App", "state", field="app_label", states={"auth": State("Akun", "done")}),
        Column("danger", "Rumus", value=lambda row: f"={row.model}"),
    )
    search = ("model__icontains",)
    filters = (Filter("app", "App", [("auth", "Akun")], field="app_label", counted=True),)
    default_sort = ("pk",)
    per_page = 3


def table(query=""):
    return TypeTable(RequestFactory().get(f"/list/{query}"), ContentType.objects.all())


def test_search_needs_every_word():
    assert {row.model for row in table("?cari=per+miss").rows} == {"permission"}


def test_filter_narrows_and_ignores_what_is_no_choice():
    narrowed = table("?app=auth")

    assert {row.app_label for row in narrowed.rows} == {"auth"}
    assert table("?app=nonsense").total == ContentType.objects.count()
    assert narrowed.choices[0]["options"][0][2] == narrowed.total


def test_sort_turns_and_unknown_columns_do_nothing():
    up, down = table("?urut=model").rows[0].model, table("?urut=-model").rows[0].model

    assert up < down
    assert table("?urut=password").rows == table().rows
    assert "urut=-model" in table("?urut=model").heads[0]["url"]


def test_place_is_shown_only_to_who_has_several():
    class Placed(TypeTable):
        columns = (Column("model", "Model"), Column("upt", "UPT", field="facility.name"))

    def heads_for(*places):
        request = RequestFactory().get("/list/")
        request.actor = SimpleNamespace(facility_ids=frozenset(places))
        listed = Placed(request, ContentType.objects.none())
        return [head["column"].key for head in listed.heads]

    assert heads_for(1) == ["model"]
    assert heads_for(1, 2) == ["model", "upt"]


def reckoning(query=""):
    """With a count over another table, and a column that shows it."""

    class Reckoned(TypeTable):
        columns = (*TypeTable.columns, Column("hak", "Hak", "number", field="rights"))

    rows, told = ContentType.objects.all(), {"rights": Count("permission")}
    return Reckoned(RequestFactory().get(f"/list/{query}"), rows, reckoned=told)


def test_what_is_reckoned_is_asked_for_the_page_alone(django_assert_num_queries):
    with django_assert_num_queries(3) as asked:
        rows = reckoning().rows

    assert [row.rights for row in rows] == [row.permission_set.count() for row in rows]
    assert [row.pk for row in rows] == [row.pk for row in table().rows]
    assert not any("auth_permission" in one["sql"] for one in asked.captured_queries[:2])
    assert "LIMIT 3" in asked[1]["sql"]


def test_what_is_reckoned_sorts_and_is_exported():
    every = ContentType.objects.annotate(n=Count("permission"))

    most = reckoning("?urut=-hak").rows[0]
    lines = reckoning("?ekspor=csv").response("look/table.html").content.decode().splitlines()

    assert most.rights == max(one.n for one in every)
    assert len(lines) == 1 + every.count()
    assert lines[1].endswith(str(every.order_by("pk")[0].n))


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "²"])
def test_page_that_does_not_exist_shows_a_real_one(page):
    assert table(f"?hal={page}").rows


def test_query_count_does_not_depend_on_rows(rf):
    counts = []
    for per_page in (1, 3):
        with CaptureQueriesContext(__import__("django.db").db.connection) as queries:
            TypeTable.per_page = per_page
            response = table().response("look/table.html")
            assert response.status_code == 200
        counts.append(len(queries))
    TypeTable.per_page = 3

    assert counts[0] == counts[1] <= 3


def test_csv_defuses_formulas():
    text = table("?ekspor=csv&app=auth").response("x").content.decode("utf-8-sig")

    assert text.splitlines()[0] == "Model;App;Rumus"
    assert "'=permission" in text
    assert "Akun" in text


def test_xlsx_keeps_formulas_as_text():
    content = table("?ekspor=xlsx&app=auth").response("x").content

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Model", "App", "Rumus"]
    assert any(row[2] == "=permission" for row in rows[1:])


def test_column_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="rupiah"):
        Column("biaya", "Biaya", "rupiah")
