"""The numbers of a list have room in its margin: none stands left of the words above the list."""

import pytest

from tests.browser.conftest import ROOT

SHEETS = {"screen": ["base"], "print": ["base", "print"]}
WIDTH = """
() => {
  const list = document.querySelector("ol"), number = document.createElement("span");
  number.textContent = `${list.children.length}. `;
  number.style.whiteSpace = "pre";
  list.lastElementChild.replaceChildren(number);
  return [number.getBoundingClientRect().width, parseFloat(getComputedStyle(list).paddingLeft)];
}
"""


@pytest.mark.parametrize("medium", SHEETS)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("items", [9, 10, 99, 100, 999])
def test_the_longest_number_fits(chromium, items, width, medium):
    page = chromium.new_page(viewport={"width": width, "height": 700})
    styles = "".join((ROOT / "static" / "css" / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS[medium])
    page.set_content(f"<style>{styles}</style><ol>{'<li>Worte</li>' * items}</ol>")
    needed, room = page.evaluate(WIDTH)
    page.close()
    assert 0 < needed <= room < needed + 12, "no more room than the number needs"
