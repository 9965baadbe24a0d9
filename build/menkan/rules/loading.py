"""Loading a site's checkers from its folder."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from .checker import Checker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

__all__ = ["load_checkers"]


def load_checkers(folder: "str | PathLike[str]") -> dict[str, tuple[Checker, ...]]:
    """Load every checker in a folder: guide id to its checkers, in source order.

    Each module `checkers/<guide_id>.py` belongs to the guide of that name with hyphens. Modules
    are loaded anew each time, under names of their own, so that two sites do not mix and a
    changed file counts. Raises whatever a broken module raises; a missing folder gives {}.

    >>> load_checkers("no/such/folder")
    {}
    """
    found = {}
    for path in sorted(Path(folder).glob("*.py")):
        if path.stem.startswith("_"):
            continue
        spec = spec_from_file_location(f"menkan_site_checkers.{path.stem}", path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path} cannot be loaded as Python", path=str(path))
        module = module_from_spec(spec)
        before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            spec.loader.exec_module(module)
        finally:
            sys.dont_write_bytecode = before
        found[path.stem.replace("_", "-")] = tuple(
            thing for thing in vars(module).values() if isinstance(thing, Checker)
        )
    return found
