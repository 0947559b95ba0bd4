// Keys, changes told by the server, and hands on the player. Everything here has a plain form or link behind it.
(() => {
  "use strict";
  const root = document.documentElement;
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const here = () => document.activeElement && document.activeElement.closest("[data-row]");

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(here());
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))];
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function press(name) {
    const scope = here() || document;
    const found = scope.querySelector(`[data-${name}]`) || (scope === document ? null : document.querySelector(`main > [data-${name}]`));
    if (found) found.click();
    return Boolean(found);
  }

  const player = () => (here() || document).querySelector("video[data-player]") || document.querySelector("video[data-player]");
  const shown = (video) => video && getComputedStyle(video).visibility !== "hidden";
  const FRAME = 1 / 25;
  let loop = null;

  function step(count) {
    const video = player();
    if (!shown(video)) return;
    video.pause();
    video.currentTime = Math.max(0, video.currentTime + count * FRAME);
  }

  function marks(end) {
    const video = player();
    if (!shown(video)) return;
    if (end === "off") { loop = null; return; }
    loop = { ...(loop || { from: 0, to: video.duration }), [end]: video.currentTime };
    video.ontimeupdate = () => { if (loop && video.currentTime >= loop.to) video.currentTime = loop.from; };
  }

  const keys = {
    j: () => move(1), n: () => move(1), k: () => move(-1), p: () => move(-1),
    o: () => press("open"), Enter: () => press("open"), e: () => press("case"), s: () => press("save-frame"), x: () => press("dismiss"), u: () => press("undo"),
    y: () => press("confirm"), r: () => press("reject"), a: () => press("acknowledge"), b: () => press("reveal") || reveal(),
    ",": () => step(-1), ".": () => refresh() || step(1), "[": () => marks("from"), "]": () => marks("to"), "\\": () => marks("off"),
    "/": () => { const box = document.querySelector("[data-search]"); if (box) box.focus(); else location.assign("/search"); },
    "?": () => { const help = document.getElementById("keys"); if (help) help.showModal(); },
  };

  function reveal() {
    const box = (here() || document).querySelector(".veil > input[type=checkbox]");
    if (box) box.click();
  }

  let going = false;
  document.addEventListener("keydown", (event) => {
    if (!root.hasAttribute("data-keys") || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (going) {
      going = false;
      const entry = document.querySelector(`a.entry[data-key="${CSS.escape(event.key)}"]`);
      if (entry) { event.preventDefault(); entry.click(); }
      return;
    }
    if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1500); return; }
    if (event.key === "Enter" && event.target.closest("a, button, summary, input")) return;
    const done = keys[event.key];
    if (done) { event.preventDefault(); done(); }
  });

  document.addEventListener("click", (event) => {
    const frame = event.target.closest("[data-step]");
    if (frame) step(Number(frame.dataset.step));
    const rate = event.target.closest("[data-rate]");
    if (rate && player()) player().playbackRate = Number(rate.dataset.rate);
    const mark = event.target.closest("[data-mark]");
    if (mark) marks(mark.dataset.mark);
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    if (event.target.closest("[data-help]")) keys["?"]();
  });

  const current = document.querySelector("a.entry[aria-current]");
  if (current) current.scrollIntoView({ block: "nearest", inline: "center" });

  // The moment that a clip shows is the one that is cut.
  document.addEventListener("timeupdate", (event) => {
    const place = event.target.closest("section");
    const at = place && place.querySelector("[data-frame-at]");
    if (at && document.activeElement !== at) at.value = event.target.currentTime.toFixed(3);
  }, true);

  // A clip that is covered again stops.
  document.addEventListener("change", (event) => {
    const veil = event.target.closest(".veil");
    const video = veil && veil.querySelector("video");
    if (video && !event.target.checked) video.pause();
  });

  // The server says that something changed, and nothing more: the page is loaded anew when somebody asks for it.
  const notice = document.getElementById("changes");
  const wanted = notice ? new Set((notice.dataset.nouns || "").split(" ").filter(Boolean)) : new Set();
  function refresh() {
    if (!notice || notice.hidden) return false;
    location.reload();
    return true;
  }
  if (notice && wanted.size && "EventSource" in window) {
    const source = new EventSource("/events");
    source.addEventListener("change", (event) => {
      const nouns = JSON.parse(event.data).nouns;
      if (nouns.some((noun) => wanted.has(noun))) notice.hidden = false;
    });
    addEventListener("pagehide", () => source.close());
  }
})();
