"""The drawing in docs/architecture.md: the floors as the import contract has them, who imports whom as the code has it.

script/architecture              draws anew what lies between the two marks
script/architecture --check      tells whether the drawing is still true, as the tests do

The words for each room are those of the map in README.md.
"""

import argparse
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise

import grimp

from script.machine import Refusal, answer, say
from script.project import ROOT

PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn by script/architecture -->\n", "<!-- end of the drawing -->"
ON_THE_MAP = re.compile(r"^(\w+)/ +(.+?)  +\d", re.MULTILINE)

type Floors = list[list[str]]
"""From the top and down; siblings stand on one floor."""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true")
    told = PAGE.read_text(encoding="utf-8")
    drawn = redrawn(told)
    if not arguments.parse_args().check:
        PAGE.write_text(drawn, encoding="utf-8")
    elif told != drawn:
        say("docs/architecture.md shows another house than the contracts and the imports; run script/architecture.")
        return 1
    return 0


def redrawn(page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{drawing()}{END}{after}"


def drawing() -> str:
    floors = contracted_floors()
    return "\n".join(["", *diagram(floors, words_of_the_map()), "", *table(floors, real_imports(floors)), "", ""])


def contracted_floors() -> Floors:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")
    return [[room.strip() for room in layer.split("|")] for layer in layers]


def words_of_the_map() -> dict[str, str]:
    return dict(ON_THE_MAP.findall((ROOT / "README.md").read_text(encoding="utf-8")))


def real_imports(floors: Floors) -> dict[str, set[str]]:
    """The rooms that each room imports, inside functions and for types too."""
    rooms = [room for floor in floors for room in floor]
    graph = grimp.build_graph(*rooms, cache_dir=str(ROOT / ".import_linter_cache"))
    imported: dict[str, set[str]] = {room: set() for room in rooms}
    for module in graph.modules:
        room = module.partition(".")[0]
        imported[room] |= {other.partition(".")[0] for other in graph.find_modules_directly_imported_by(module)}
    return {room: others - {room} for room, others in imported.items()}


def diagram(floors: Floors, words: dict[str, str]) -> Iterator[str]:
    yield from ("```mermaid", "flowchart TD")
    for floor in floors:
        for room in floor:
            if room not in words:
                raise Refusal(f"The map in README.md lacks {room}, which pyproject.toml has a floor for.")
            yield f'    {room}["{room} · {words[room]}"]'
    for upper, lower in pairwise(floors):
        yield f"    {' & '.join(upper)} --> {' & '.join(lower)}"
    yield "```"


def table(floors: Floors, imported: dict[str, set[str]]) -> Iterator[str]:
    rooms = [room for floor in floors for room in floor]
    yield f"| imports | {' | '.join(rooms[1:])} |"
    yield f"| --- {'| :-: ' * len(rooms[1:])}|"
    for above, floor in enumerate(floors):
        below = {room for lower in floors[above + 1 :] for room in lower}
        for room in floor:
            signs = ["●" if other in imported[room] else "○" if other in below else "" for other in rooms[1:]]
            yield f"| **{room}** | {' | '.join(signs)} |"


if __name__ == "__main__":
    answer(main)
