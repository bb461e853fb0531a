// Niceties alone: every page works without this file.
(() => {
  "use strict";
  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);

  // An option that excludes the others clears them, and is cleared by them.
  document.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    const alone = "exclusive" in target.dataset;
    all(`input[type=checkbox][name="${CSS.escape(target.name)}"]`, (other) => {
      if (other !== target && (alone || "exclusive" in other.dataset)) other.checked = false;
    });
  });

  // Writing a day or a number chooses it over the options that may stand in its place.
  all("input[data-beside]", (field) => field.addEventListener("input", () => {
    const given = document.getElementById(`${field.name}-given`);
    if (given && field.value) given.checked = true;
  }));

  // A long text says how much room is left, or is missing: nothing that is pasted is cut.
  all("textarea[data-room]", (area) => {
    const left = document.querySelector(`#${CSS.escape(area.dataset.room)} [data-left]`);
    if (!left) return;
    const tell = () => {
      const most = Number(area.dataset.most);
      const room = most - area.value.length;
      const told = room < 0 ? `${left.dataset.over} ${-room}` : `${left.dataset.left} ${room}`;
      left.textContent = room < most / 5 ? told : "";
    };
    area.addEventListener("input", tell);
    tell();
  });

  // Browsers that cannot print what is folded away get it unfolded for as long as they print.
  addEventListener("beforeprint", () => all("details:not([open], .private)", (one) => {
    one.open = true;
    one.dataset.unfolded = "";
  }));
  addEventListener("afterprint", () => all("details[data-unfolded]", (one) => {
    one.open = false;
    delete one.dataset.unfolded;
  }));

  // A page about work under way looks again, unless somebody is about to do something there.
  all("[data-look-again]", (part) => setInterval(() => {
    if (!document.hidden && document.activeElement === document.body) location.reload();
  }, 1000 * Number(part.dataset.lookAgain)));

  // A button that copies the text of another element is shown only where copying works.
  all("button[data-copy]", (button) => {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      button.textContent = button.dataset.copied;
    });
  });
})();
