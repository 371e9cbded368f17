"""What `matrix.txt` says, read without the code's own table: who may do what, and how far."""

from pathlib import Path

LOGGED_IN = (
    "account", "partner", "contributor", "representative", "editor", "animator", "administrator",
)  # fmt: skip
TEAM = ("contributor", "representative")
DESK = ("editor", "animator", "administrator")

WHO = {
    "anybody": ("public", *LOGGED_IN),
    "logged_in": LOGGED_IN,
    "team": TEAM,
    "members": (*TEAM, *DESK),
    "leads": ("animator", "administrator"),
    "desk": DESK,
}

COLUMNS = ("public", *LOGGED_IN, "machine")


def read_matrix() -> dict[str, dict[str, str]]:
    """By right, how far each role that has it goes; what is told last of a role counts."""
    found: dict[str, dict[str, str]] = {}
    for line in Path(__file__).with_name("matrix.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, *told = line.split()
        assert name not in found, f"{name} is written twice"
        found[name] = {}
        for who, scope in (one.split("=") for one in told):
            found[name] |= dict.fromkeys(WHO.get(who, (who,)), scope)
    return found


MATRIX = read_matrix()


def expected(name: str, roles: dict[str, str | None], association: str = "", **stake: bool) -> bool:
    """Whether somebody may, who holds these roles, each with the association it is held in.

    `stake`: what is at hand is their `own`, is of their `circle`, or they came by a `link`.
    """
    return any(
        scope == "all"
        or stake.get(scope, False)
        or (scope == "association" and bool(association) and roles[role] == association)
        for role, scope in MATRIX[name].items()
        if role in roles
    )
