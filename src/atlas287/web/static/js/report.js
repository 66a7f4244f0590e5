/* Where to report an error, on a written site: names the fact that the address asks about. */

const fact = new URLSearchParams(location.search).get("fact");
const place = document.querySelector("[data-fact]");
if (fact && place) {
  place.querySelector("code").textContent = fact.slice(0, 200);
  place.hidden = false;
}
