// Runs before the first paint: the person's choice, else the system's. Shared by both sites through a cookie.
(function () {
  var chosen = /(?:^|; )tt_theme=(light|dark)/.exec(document.cookie);
  var dark = chosen ? chosen[1] === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
