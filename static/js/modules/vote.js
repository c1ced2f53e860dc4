// The three numbers are asked for only where votes were counted.

export default function vote(select) {
  const counts = document.getElementById(select.dataset.counts);
  const show = () => {
    counts.hidden = select.value !== "counted";
  };
  select.addEventListener("change", show);
  show();
}
