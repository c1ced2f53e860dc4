"""The console script `amendments`. A command's module is loaded when it is called: comparing two files needs no web."""

import os
import sys
from importlib import import_module

import click

from amendments.cli.speaking import Spoken, language_of, language_option, say, speak, speech
from amendments.exchange.words import N_, Sentence

COMMANDS = {
    "init": "setup:init",
    "serve": "serving:serve",
    "demo": "demo:demo",
    "redline": "redline:redline",
    "merge": "merge:merge",
    "export": "exporting:export",
    "verify": "checking:verify",
    "notify": "notifying:notify",
    "db": "setup:database",
}
"""Command name -> module and function in this package."""

ERROR = 2
NO_ACCESS = N_(
    "%(name)s lässt sich nicht lesen oder schreiben. Bitte prüfen Sie, ob es das gibt, ob Sie es dürfen und ob Platz "
    "frei ist."
)


class LazyGroup(Spoken, click.Group):
    """Knows its commands by name and imports one when it is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), attribute)
        return command


@click.group(
    cls=LazyGroup,
    help=N_("Die Gremien einer Stadt einigen sich auf einen Text."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@language_option
@click.version_option(package_name="amendments", message="%(version)s")
def cli() -> None:
    """The console script."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command. What goes wrong is one line on standard error and exit 2; a bug keeps its trace."""
    speak(language_of(os.environ))
    try:
        code = cli.main(args=arguments, prog_name="amendments", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.Abort:
        complain(say(N_("Abgebrochen.")))
    except click.ClickException as error:
        complain(error.format_message())
    except OSError as error:
        complain(say(Sentence(NO_ACCESS, {"name": str(error.filename or say(N_("Die Ausgabe")))})))
    except Exception as error:
        sentence = explain(error)
        if sentence is None:
            raise
        complain(sentence)
    sys.exit(code if isinstance(code, int) else 0)


def explain(error: Exception) -> str | None:
    """A sentence for errors people can do something about; None for bugs. Imports late, as commands do."""
    from amendments.errors import AmendmentsError

    if isinstance(error, AmendmentsError):
        return speech().said(error.message)
    if type(error).__name__ == "SettingError":
        return str(error)
    if type(error).__name__ == "OperationalError" and hasattr(error, "orig"):
        return f"the database cannot be used: {str(error.orig).splitlines()[0]}"
    return None


def complain(sentence: str) -> None:
    click.echo(f"amendments: {' '.join(sentence.split())}", err=True)
    sys.exit(ERROR)
