"""Every command and option of `menkan`, from what the command line says of itself."""

from collections.abc import Mapping
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Any

import click
import yaml

from menkan.plugin.reference.words import Words, words

__all__ = ["commands_reference", "examples", "installed_command"]


def commands_reference(language: str, group: click.Group | None = None) -> str:
    """The page's Markdown: usage, help, options, exit codes and an example of each command.

    `group` is the installed command without it.
    """
    say = words(language)
    group = group or installed_command()
    above = click.Context(group, info_name="menkan")
    shown = examples()
    parts = [say["from_code"]]
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        if command is not None:
            parts.append(_command(name, command, above, shown.get(name), say))
    return "\n\n".join(parts)


def installed_command() -> click.Group:
    """The command that is installed as `menkan`.

    Found by that name, as a shell finds it: the command line stands above the plugin, which
    therefore does not import it. Raises LookupError where it is not installed.
    """
    for point in entry_points(group="console_scripts", name="menkan"):
        group = point.load()
        if isinstance(group, click.Group):
            return group
    raise LookupError(
        "the command `menkan` is not installed, so it cannot be documented.\n"
        "  Install the engine with pip, or take the marker out of the page."
    )


def examples() -> Mapping[str, Mapping[str, Any]]:
    """Command to its example: `files` to have, what to `run`, what it `says`; a test runs them."""
    text = (files("menkan.cli") / "examples.yml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    return found


def _command(
    name: str,
    command: click.Command,
    above: click.Context,
    example: Mapping[str, Any] | None,
    say: Words,
) -> str:
    context = click.Context(command, above, name, **command.context_settings)
    usage = command.get_usage(context).removeprefix("Usage: ")
    parts = [f"## `menkan {name}` {{#{name}}}", f"```console\n$ {usage}\n```"]
    parts.append(say.english(_unwrapped(command.help or "")))
    rows = [f"| {say['option']} | {say['does']} | {say['default']} |", "|---|---|---|"]
    rows += [_row(one, context, say) for one in command.get_params(context)]
    parts.append("\n".join(rows))
    if command.epilog:
        parts.append(f"**{say['codes']}** {say.english_words(_unwrapped(command.epilog))}")
    if example:
        for path, content in example.get("files", {}).items():
            parts.append(f"**{say['given'].format(path)}**\n\n```text\n{content.rstrip()}\n```")
        parts.append(f"**{say['example']}**")
        parts.append(f"```console\n$ {example['run'].strip()}\n{example['says'].rstrip()}\n```")
    return "\n\n".join(parts)


def _row(one: click.Parameter, context: click.Context, say: Words) -> str:
    known = one.to_info_dict()
    record = one.get_help_record(context)
    told = getattr(one, "help", None) or ""
    if record is None or isinstance(one, click.Argument):
        shown, told = one.human_readable_name, say["argument"]
    else:
        shown, told = record[0], say.english_words(told)
    value = known["default"]
    default = "" if value is None or value in (False, [], ()) else f"`{value}`"
    default = say["required"] if one.required else default or "–"
    many = say["many"] if known["multiple"] else ""
    return f"| `{shown}` | {told}{many} | {default} |"


def _unwrapped(text: str) -> str:
    """Paragraphs without click's own marks."""
    return "\n\n".join(" ".join(part.split()) for part in text.replace("\b", "").split("\n\n"))
