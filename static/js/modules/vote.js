// The numbers are asked for, and sent, only where votes were counted, in the open or in secret.

export default function vote(select) {
  const counts = document.getElementById(select.dataset.counts);
  const show = () => {
    counts.hidden = !["counted", "secret"].includes(select.value);
    for (const field of counts.querySelectorAll("input")) field.disabled = counts.hidden;
  };
  select.addEventListener("change", show);
  show();
}
