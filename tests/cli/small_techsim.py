"""The command line on a stand-in for the simulation: ``python small_techsim.py PAUSE REPORT_PAUSE arguments...``."""

import sys
import time
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parents[1] / "experiment"))
import fake_model

PAUSE, REPORT_PAUSE = float(sys.argv[1]), float(sys.argv[2])
fake_model.install(PAUSE)
catalogue = ModuleType("techsim.model.catalogue")
catalogue.catalogue = lambda: fake_model.CATALOGUE
sys.modules["techsim.model.catalogue"] = catalogue


def render(data, manifest):
    """A report that takes its time."""
    time.sleep(REPORT_PAUSE)
    return f"<h1>{manifest['scenario']['name']}</h1>"


page = ModuleType("techsim.report.page")
page.render = render
sys.modules["techsim.report.page"] = page

from techsim.cli.main import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[3:]))
