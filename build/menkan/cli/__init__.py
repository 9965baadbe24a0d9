"""The `menkan` command: one module per subcommand, imported only when it is called."""

from importlib import import_module

import click

__all__ = ["main"]

# name -> one line for `menkan --help`, so that help imports no part.
_COMMANDS = {
    "bundle": "Write one guide with its checkers as a single file that works without a server.",
    "check": "Answer one checker's questions and print the verdict.",
    "clean": "Keep the lines of a scraped copy that carry content, with a reason for every line.",
    "init": "Write a new site with one worked example that builds and passes its tests.",
    "new": "Draft a record from a scraped copy.",
    "ship": "Put the packed runtime into the engine, before its wheel is built.",
    "verify": "Prove records against the copies they were written from.",
}


class _Lazy(click.Group):
    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"menkan.cli.{name}").command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="menkan")
def main() -> None:
    """Marketplace rules as cited guides with live checkers."""
