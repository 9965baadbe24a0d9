"""Commands that must end well."""

import os
import subprocess

__all__ = ["run"]


def run(command, folder, **environment):
    """Run a command that must end well."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done
