// The three numbers are asked for only where votes were counted, in the open or in secret.

export default function vote(select) {
  const counts = document.getElementById(select.dataset.counts);
  const show = () => {
    counts.hidden = !["counted", "secret"].includes(select.value);
  };
  select.addEventListener("change", show);
  show();
}
