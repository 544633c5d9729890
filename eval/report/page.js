const filters = document.querySelector(".filters");
const misses = [...document.querySelectorAll(".miss")];
const choices = [...document.querySelectorAll(".filters select")];
function sift() {
  let left = 0;
  for (const miss of misses) {
    miss.hidden = choices.some((choice) => choice.value && miss.dataset[choice.name] !== choice.value);
    left += !miss.hidden;
  }
  document.querySelector(".filters output").textContent = `${left} of ${misses.length} shown`;
}
if (filters) {
  filters.hidden = false;
  filters.addEventListener("change", sift);
  sift();
}
// In a frame made of the page's text, as newsrag's own page shows it, "#figures" is an address of the page around it.
if (location.protocol === "about:") {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    document.querySelector(link.hash).scrollIntoView();
  });
}
