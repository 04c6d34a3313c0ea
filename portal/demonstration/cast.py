"""Who is who in the demonstration: an invented company, invented people, real municipalities."""

from dataclasses import dataclass

from partnership.access import Role

NAME = "Fellesdrift Agder IKS"
PASSWORD = "fellesgrep-demo"  # noqa: S105 - printed by script/run; only a demonstration knows it
DOMAIN = "demo.fellesgrep.example"

OWNERS = {
    "4203": "Arendal",
    "4202": "Grimstad",
    "4215": "Lillesand",
    "4201": "Risør",
    "4214": "Froland",
    "4213": "Tvedestrand",
    "4211": "Gjerstad",
    "4212": "Vegårshei",
}
"""By population, largest first."""


@dataclass(frozen=True)
class Person:
    name: str
    title: str
    role: Role
    municipality: str = ""
    """Empty: the role is held in the whole partnership."""
    language: str = ""

    @property
    def email(self) -> str:
        first_name = self.name.split()[0].lower()
        return f"{first_name.replace('å', 'a').replace('ø', 'o').replace('æ', 'ae')}@{DOMAIN}"


PEOPLE = [
    Person("Ingrid Dahl", "daglig leder", Role.ADMINISTRATOR),
    Person("Solveig Aas", "styresekretær", Role.MEETING_SECRETARY),
    Person("Harald Moen", "økonomisjef", Role.ECONOMIST),
    Person("Ola Nygård", "tjenesteleder", Role.SERVICE_MANAGER),
    Person("Kari Nilsen", "bestiller", Role.ORDER_PLACER, "4212"),
    Person("Anne Gro Haugen", "kommunalsjef", Role.APPROVER, "4212"),
    Person("Jon Lie", "systemansvarlig", Role.SYSTEM_OWNER, "4202"),
    Person("Siri Berge", "IKT-vaktmester", Role.LOCAL_ICT_CONTACT, "4201"),
    Person("Marte Holt", "enhetsleder", Role.BENEFIT_OWNER, "4203"),
    Person("Tor Lund", "styreleder", Role.BOARD_MEMBER),
    Person("Eli Vik", "kommunedirektør", Role.MUNICIPAL_READER, "4211"),
    Person("Nils Ravn", "revisor", Role.AUDITOR),
    Person("Servicedesk", "integrasjon", Role.INTEGRATION),
    Person("Berit Foss", "styremedlem", Role.BOARD_MEMBER, language="nn"),
    Person("Per Hansen", "bestiller", Role.ORDER_PLACER, "4203"),
    Person("Liv Tveit", "bestiller", Role.ORDER_PLACER, "4202"),
    Person("Morten Eide", "økonomisjef", Role.BENEFIT_OWNER, "4202"),
    Person("Stian Olsen", "byggesakssjef", Role.BENEFIT_OWNER, "4215"),
    Person("Lise Homme", "organisasjonssjef", Role.BENEFIT_OWNER, "4201"),
    Person("Geir Mykland", "kommunalsjef", Role.BENEFIT_OWNER, "4214"),
    Person("Kjersti Rugland", "enhetsleder", Role.BENEFIT_OWNER, "4213"),
    Person("Anita Gjerde", "økonomileder", Role.BENEFIT_OWNER, "4211"),
    Person("Trond Aasen", "kommunalsjef", Role.BENEFIT_OWNER, "4212"),
]

COMMENT = (
    "Tallene er gjennomgått med tjenesteleder. De minste eierne har få feil i kvartalet, "
    "så prosentene deres bør leses med varsomhet."
)
"""What the meeting secretary writes in the board report."""
