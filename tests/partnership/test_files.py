"""Lists as files: written while they leave."""

from django.utils import translation
from django.utils.translation import gettext

from partnership.views.pages import csv_file


def test_a_file_is_read_as_it_leaves_in_the_language_of_its_page():
    read = []

    def rows():
        for number in (1, 2):
            read.append(number)
            yield [gettext("yes"), number]

    with translation.override("en"):
        file = csv_file("folk", [gettext("Name"), 0], rows())
    assert read == []
    with translation.override("nb"):
        assert file.getvalue().decode().splitlines() == ["\ufeffName;0", "yes;1", "yes;2"]
        assert translation.get_language() == "nb"
