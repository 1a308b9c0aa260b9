// Offer to show what is typed into a password box; without this script the box stays as it is.
for (const box of document.querySelectorAll('input[type="password"]')) {
  const label = document.createElement("label");
  const tick = document.createElement("input");
  tick.type = "checkbox";
  tick.className = "form-check-input me-2";
  tick.addEventListener("change", () => { box.type = tick.checked ? "text" : "password"; });
  label.className = "form-check-label small d-block mt-1";
  label.append(tick, box.dataset.show || "Show password");
  box.after(label);
}
