/* Small behaviours on top of pages that work without them. */

const closeUnfolded = (except) => {
  for (const unfolded of document.querySelectorAll("details.unfold[open]")) {
    if (unfolded !== except) unfolded.open = false;
  }
};

document.addEventListener("click", (event) => closeUnfolded(event.target.closest("details.unfold")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const summary = document.querySelector("details.unfold[open] > summary");
  closeUnfolded();
  if (summary) summary.focus();
  else if (!document.querySelector("dialog[open]")) document.querySelector(".panel-close")?.click();
});

const TOAST_MILLISECONDS = 10_000;

const showFailure = () => {
  const toast = document.getElementById("toast-failed").content.firstElementChild.cloneNode(true);
  document.getElementById("toasts").replaceChildren(toast);
  setTimeout(() => toast.remove(), TOAST_MILLISECONDS);
};

document.addEventListener("htmx:responseError", showFailure);
document.addEventListener("htmx:sendError", showFailure);

/* A double press sends a form once. */
const DOUBLE_PRESS_MILLISECONDS = 2_000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, DOUBLE_PRESS_MILLISECONDS);
});

/* Who types before the scripts are here gets her answer once they are; so does who comes back to a filled-in form. */
const isFilledIn = (control) => "defaultValue" in control && control.type !== "hidden" && control.value !== control.defaultValue;

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[hx-trigger^=input]")) {
    const typed = [...form.elements].find(isFilledIn);
    typed?.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
