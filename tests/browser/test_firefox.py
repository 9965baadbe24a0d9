"""The main flow in Firefox: a verdict while answering, the next page, and the copy kept for later."""

import pytest

from .firefox import Firefox, find_firefox
from .test_checker import GUIDE

ANSWER = """
  const [slug, name, value] = words;
  await customElements.whenDefined("menkan-checker");
  const host = document.querySelector(`menkan-checker[slug="${slug}"]`);
  while (!("live" in host.dataset)) await new Promise((resolve) => setTimeout(resolve, 50));
  const seen = new Promise((resolve) => host.addEventListener("menkan-verdict", resolve, { once: true }));
  const box = host.querySelector(`[data-input="${name}"]`);
  const choice = box.querySelector(`input[type=radio][value="${value}"]`);
  if (choice) choice.click();
  else {
    const input = box.querySelector("input");
    input.focus();
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await Promise.race([seen, new Promise((resolve) => setTimeout(resolve, 30000))]);
  return `${host.dataset.state}: ${host.querySelector("[data-badge]").textContent.trim()}`;
"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    program = find_firefox()
    if not program:
        pytest.skip("Firefox is not installed here (Debian: apt-get install firefox-esr)")
    browser = Firefox(program, tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.close()


def test_a_verdict_is_given_while_answering(firefox, server):
    firefox.open(f"{server.url}zh/{GUIDE}")

    said = firefox.run(ANSWER, "amazon-account-health-assurance", "days_below_250", "11")

    assert said.startswith("not_eligible: ")
    again = firefox.run(ANSWER, "amazon-account-health-assurance", "days_below_250", "9")
    assert again.startswith("undetermined: ")


def test_the_site_works_with_the_network_cut(firefox, server):
    firefox.open(f"{server.url}en/{GUIDE}")
    firefox.run(ANSWER, "amazon-account-health-assurance", "days_below_250", "11")
    state = firefox.run("return (await navigator.serviceWorker.ready).active.state")
    assert state in {"activating", "activated"}
    server.close()

    firefox.open(f"{server.url}en/guides/amazon-seller-notices/")

    said = firefox.run(ANSWER, "amazon-seller-wallet", "invited", "false")
    assert said.startswith("not_eligible: ")
