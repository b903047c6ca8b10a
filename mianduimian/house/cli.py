"""命令行: `mianduimian`, one command; each room brings its own verbs, Django's stay reachable."""

import os
import sys
from importlib import import_module

import click

PURE = {"workdays": "mianduimian.workdays.commands", "text": "mianduimian.text.commands"}
HOUSED = {
    "archive": "mianduimian.archive.commands:archive",
    "journal": "mianduimian.journal.commands:journal",
    "import": "mianduimian.intake.commands:import_file",
    "calendar": "mianduimian.ledger.commands:calendar",
    "ledger": "mianduimian.ledger.commands:ledger",
    "daily": "mianduimian.house.commands:daily",
    "demo": "mianduimian.house.demo:demo",
    "work": "mianduimian.house.commands:work",
    "open-paper": "mianduimian.intake.commands:open_paper",
    "reseal": "mianduimian.intake.commands:reseal",
    "tell": "mianduimian.publication.commands:tell",
    "tick": "mianduimian.house.commands:tick",
    "serve": "mianduimian.house.commands:serve",
    "setup": "mianduimian.house.commands:setup",
}


class Rooms(click.Group):
    """The rooms' commands, loaded only when asked for, so that a plain question is answered at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command of every room."""
        return sorted([*PURE, *HOUSED])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the room that has the command; the house is furnished first where it is needed."""
        if cmd_name in PURE:
            return getattr(import_module(PURE[cmd_name]), cmd_name)
        if cmd_name not in HOUSED:
            return None
        furnish(cmd_name)
        module, name = HOUSED[cmd_name].split(":")
        return getattr(import_module(module), name)


def furnish(command: str) -> None:
    """Open the house: settings, database, words; the demonstration keeps its data in a folder of its own."""
    if command == "demo" and "DATABASE_URL" not in os.environ:
        os.environ.setdefault("MIANDUIMIAN_DATA", "data/demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mianduimian.house.settings")
    import_module("django").setup()


@click.command(cls=Rooms, name="mianduimian")
def rooms() -> None:
    """面对面：从公开征集到成效的全流程。Django's own commands (migrate, check, db_worker …) work too."""


def main() -> None:
    """Run a room's command, or pass the words on to Django."""
    word = sys.argv[1] if len(sys.argv) > 1 else "--help"
    if word in PURE or word in HOUSED or word.startswith("-"):
        rooms(prog_name="mianduimian")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mianduimian.house.settings")
    import_module("django.core.management").execute_from_command_line(sys.argv)
