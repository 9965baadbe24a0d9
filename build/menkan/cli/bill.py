"""The list of what is in a wheel and of what it needs, as CycloneDX: `menkan ship` writes it beside it.

What others wrote and the wheel carries is named here once more, beside `THIRD-PARTY.md`, with what
the tools read: versions, licences as SPDX names them, and which file each is in. The same wheel and
lock give the same bytes, on any day.
"""

import json
import os
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import Parser
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["PREBUILT", "bill_of_materials"]

PREBUILT = "menkan/pack/prebuilt/"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")


@dataclass(frozen=True)
class _Part:
    """What others wrote: its name and licence as THIRD-PARTY.md has them, the files it is in."""

    name: str
    licence: str
    files: tuple[str, ...]
    version: str | None = None
    purl: PackageURL | None = None


def bill_of_materials(wheel: Path, lock: Path, runtime: Mapping[str, str]) -> str:
    """Return the list of a wheel as CycloneDX 1.6 in JSON.

    `lock` pins what the wheel needs when it is installed, with hashes. `runtime` names the versions
    of `pyodide`, `python` and `emscripten`. The date is that of SOURCE_DATE_EPOCH, or left out.
    """
    with zipfile.ZipFile(wheel) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    about = Parser().parsestr(
        next(data for name, data in contents.items() if name.endswith("/METADATA")).decode()
    )
    digest = sha256(wheel.read_bytes())
    whole = Component(
        name=about["Name"],
        version=about["Version"],
        type=ComponentType.LIBRARY,
        bom_ref=wheel.name,
        description=about["Summary"],
        licenses=[LicenseFactory().make_from_string(about["License-Expression"])],
        hashes=[_sha256(digest.hexdigest())],
        purl=PackageURL("pypi", name=about["Name"], version=about["Version"]),
    )
    bom = Bom(serial_number=uuid5(NAMESPACE_OID, digest.hexdigest()))
    bom.metadata.component = whole
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    files = {name: _file(name, data) for name, data in contents.items() if _carried(name)}
    parts = {part.name: (part, _component(part)) for part in _parts(runtime)}
    needed = _needed(about.get_all("Requires-Dist") or [], _pins(lock))
    for one in (*files.values(), *(one for _, one in parts.values())):
        bom.components.add(one)
    for name, one in files.items():
        within = [made for part, made in parts.values() if _in(part, name)]
        bom.register_dependency(one, within)
    for one, wants in needed.values():
        bom.components.add(one)
        bom.register_dependency(one, [needed[name][0] for name in wants])
    direct = [
        needed[name][0] for name in _wanted(about.get_all("Requires-Dist") or []) if name in needed
    ]
    alone = [made for part, made in parts.values() if not any(_in(part, name) for name in files)]
    bom.register_dependency(whole, [*files.values(), *alone, *direct])
    told = json.loads(JsonV1Dot6(bom).output_as_string())
    del told["metadata"]["timestamp"]  # the library's own is the time it was called
    if epoch:
        told["metadata"]["timestamp"] = datetime.fromtimestamp(int(epoch), UTC).isoformat()
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _carried(name: str) -> bool:
    """Whether a file of the wheel holds what others wrote."""
    return name.startswith(PREBUILT) or name.endswith("rules/workdays_table.py")


def _in(part: _Part, name: str) -> bool:
    return name.endswith(part.files)


def _parts(runtime: Mapping[str, str]) -> tuple[_Part, ...]:
    python = ("/python.wasm", "/stdlib.zip")
    pyodide = PackageURL("npm", name="pyodide", version=runtime["pyodide"])
    compiled = ("/python.wasm",)
    return (
        _Part("Pyodide", "MPL-2.0", (*python, "/worker.js"), runtime["pyodide"], pyodide),
        _Part("CPython", "PSF-2.0", python, runtime["python"]),
        _Part("Emscripten", "MIT OR NCSA", ("/worker.js", "/python.wasm"), runtime["emscripten"]),
        _Part("zlib", "Zlib", compiled),
        _Part("libffi", "MIT", compiled),
        _Part("bzip2", "bzip2-1.0.6", compiled),
        _Part("xz", "0BSD", compiled),
        _Part("calendar of working days", "not protected as such", ("/workdays_table.py",)),
    )


def _component(part: _Part) -> Component:
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.DATA if part.name.startswith("calendar") else ComponentType.LIBRARY,
        bom_ref=f"part:{part.name}",
        licenses=[LicenseFactory().make_from_string(part.licence)],
        purl=part.purl,
        scope=ComponentScope.REQUIRED,
    )


def _file(name: str, data: bytes) -> Component:
    return Component(
        name=name,
        type=ComponentType.FILE,
        bom_ref=f"file:{name}",
        hashes=[_sha256(sha256(data).hexdigest())],
        scope=ComponentScope.REQUIRED,
    )


def _sha256(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)


def _pins(lock: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name of each locked package to its version and the hashes of its distributions."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for line in text.splitlines():
        if pin := _PIN.match(line):
            hashes = tuple(sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", line)))
            found[canonicalize_name(pin[1])] = (pin[2], hashes)
    return found


def _wanted(requirements: Iterable[str]) -> list[str]:
    """The names required without any extra, whatever the platform."""
    parsed = map(Requirement, requirements)
    plain = [one for one in parsed if not one.marker or "extra" not in str(one.marker)]
    return sorted({canonicalize_name(one.name) for one in plain})


def _needed(
    requirements: Iterable[str], pins: Mapping[str, tuple[str, tuple[str, ...]]]
) -> dict[str, tuple[Component, list[str]]]:
    """Every locked package the wheel needs, directly or not, and the names each needs itself."""
    found: dict[str, tuple[Component, list[str]]] = {}
    left = _wanted(requirements)
    while left:
        name = left.pop(0)
        if name in found or name not in pins:
            continue
        version, hashes = pins[name]
        about = _about(name)
        wants = [each for each in _wanted(about.get("requires", [])) if each in pins]
        component = Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=f"needed:{name}",
            licenses=[LicenseFactory().make_from_string(word) for word in about.get("licence", [])],
            # Of every distribution that the lock accepts; one of them is what gets installed.
            hashes=[_sha256(each) for each in hashes],
            purl=PackageURL("pypi", name=name, version=version),
            scope=ComponentScope.REQUIRED,
            properties=[Property(name="menkan:hashes", value="one per accepted distribution")],
        )
        found[name] = component, wants
        left += wants
    return dict(sorted(found.items()))


def _about(name: str) -> Mapping[str, Any]:
    """What an installed package says of its licence and its own requirements; nothing if it is not."""
    try:
        own: Any = metadata(name)
    except PackageNotFoundError:
        return {}
    told = [own.get("License-Expression"), own.get("License")]
    # Some packages put the whole text of their licence there, or the word UNKNOWN.
    said = [one for one in told if one and "\n" not in one and one != "UNKNOWN"]
    said += [
        one.rpartition(" :: ")[2]
        for one in own.get_all("Classifier") or []
        if one.startswith("License :: OSI Approved :: ")
    ]
    return {"requires": own.get_all("Requires-Dist") or [], "licence": said[:1]}
