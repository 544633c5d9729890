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
