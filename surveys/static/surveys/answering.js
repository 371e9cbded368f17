/* Rankings that move by buttons, and the place where somebody stands. Both work without it. */
"use strict";

/* -- Rankings ------------------------------------------------------------------------ */

class Ranking {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector("ol");
    this.announcer = root.querySelector("[data-announce]");
    const ranks = [...root.querySelector("select").options].filter((one) => one.value);
    this.most = ranks.length;
    for (const item of this.list.children) {
      item.querySelector(".ranking-moves").hidden = false;
      item.querySelector("select").addEventListener("change", (event) => {
        this.place(item, Number(event.target.value));
      });
      for (const button of item.querySelectorAll(".move")) {
        button.addEventListener("click", () => this.move(item, button));
      }
    }
    // Where two have one rank, the person is asked on the page: nothing is put right in silence.
    if (this.isInOrder()) this.show(this.ranked());
  }

  items() {
    return [...this.list.children];
  }

  rank(item) {
    return Number(item.querySelector("select").value);
  }

  ranked() {
    return this.items()
      .filter((item) => this.rank(item))
      .sort((one, other) => this.rank(one) - this.rank(other));
  }

  isInOrder() {
    return this.ranked().every((item, index) => this.rank(item) === index + 1);
  }

  move(item, button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    const ranked = this.ranked();
    const at = ranked.indexOf(item);
    const isUp = button.dataset.move === "up";
    if (at === -1) {
      this.place(item, Math.min(ranked.length + 1, this.most));
    } else if (!isUp && at === ranked.length - 1) {
      this.place(item, 0);
    } else {
      this.place(item, at + 1 + (isUp ? -1 : 1));
    }
    button.focus();
  }

  /* Give an item a rank, or none (0); the others make room, and the last may lose its own. */
  place(item, rank) {
    const others = this.ranked().filter((one) => one !== item);
    if (rank) others.splice(rank - 1, 0, item);
    this.show(others.slice(0, this.most));
    this.announce(item);
    const select = item.querySelector("select");
    select.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show(ranked) {
    const focused = document.activeElement;
    const others = this.items().filter((item) => !ranked.includes(item));
    for (const item of [...ranked, ...others]) this.list.append(item);
    if (this.list.contains(focused)) focused.focus();
    for (const item of this.items()) {
      const at = ranked.indexOf(item);
      item.querySelector("select").value = at === -1 ? "" : String(at + 1);
      item.classList.toggle("ranking-item--ranked", at !== -1);
      this.allow(item, "up", at !== 0);
      this.allow(item, "down", at !== -1);
    }
  }

  allow(item, move, may) {
    item.querySelector(`[data-move="${move}"]`).setAttribute("aria-disabled", String(!may));
  }

  announce(item) {
    const rank = this.rank(item);
    const said = rank ? this.root.dataset.said : this.root.dataset.takenAway;
    this.announcer.textContent = said
      .replace("{label}", item.querySelector(".ranking-label").textContent)
      .replace("{rank}", rank)
      .replace("{most}", this.most);
  }
}

/* -- Places -------------------------------------------------------------------------- */

/* A thousandth of a degree is about a hundred metres. */
const DECIMALS = 3;

function offerPosition(here) {
  const place = here.closest(".place");
  const [latitude, longitude] = place.querySelectorAll(".coordinates input");
  const said = here.querySelector("[role=status]");
  here.hidden = false;
  here.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      (position) => {
        latitude.value = position.coords.latitude.toFixed(DECIMALS);
        longitude.value = position.coords.longitude.toFixed(DECIMALS);
        place.querySelector("details").open = true;
        said.textContent = here.dataset.found;
        latitude.dispatchEvent(new Event("input", { bubbles: true }));
      },
      () => {
        said.textContent = here.dataset.refused;
      },
      { timeout: 15000, maximumAge: 60000 },
    );
  });
}

document.querySelectorAll("[data-ranking]").forEach((root) => new Ranking(root));
if ("geolocation" in navigator && window.isSecureContext) {
  document.querySelectorAll("[data-here]").forEach(offerPosition);
}
