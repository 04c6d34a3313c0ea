from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One thing to do, with one button. `when` stands first; an urgent one is set off."""

    title: str
    why: str
    url: str
    action: str
    when: str = ""
    urgent: bool = False
