/* Builds the page out of the data that it carries. */
(function () {
  'use strict';

  var data = JSON.parse(document.getElementById('data').textContent);
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var PAGE = 100;

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  function byId(id) {
    return document.getElementById(id);
  }

  function showHead() {
    document.title = data.title + ' – Winnow';
    byId('title').textContent = data.title;
    byId('subtitle').textContent = data.subtitle;
    byId('footer').textContent = data.footer;
    data.summary.forEach(function (tile) {
      var box = element('div', 'tile');
      box.append(element('div', 'label', tile.label), element('div', 'value', tile.value), element('div', 'detail', tile.detail));
      byId('summary').append(box);
    });
  }

  /* Plots follow the colours that the system asks for, and the width of the window. */
  function showPlots() {
    var shown = [];
    function draw() {
      var theme = dark.matches ? winnowCharts.dark : winnowCharts.light;
      shown.forEach(function (chart) { chart.dispose(); });
      shown = winnowCharts.all(data, theme).map(function (plot) {
        var place = card(plot).querySelector('.plot');
        place.style.height = plot.height + 'px';
        var chart = echarts.init(place, null, { renderer: 'svg' });
        chart.setOption(plot.option);
        return chart;
      });
    }
    draw();
    dark.addEventListener('change', draw);
    window.addEventListener('resize', function () {
      shown.forEach(function (chart) { chart.resize(); });
    });
  }

  function card(plot) {
    var there = byId('plot-' + plot.id);
    if (there) { return there; }
    var made = element('section', 'card' + (plot.wide ? ' wide' : ''));
    made.id = 'plot-' + plot.id;
    var save = element('button', 'save', 'SVG');
    save.type = 'button';
    save.title = 'Save this plot';
    save.addEventListener('click', function () {
      var link = element('a');
      link.href = echarts.getInstanceByDom(made.querySelector('.plot')).getDataURL({ type: 'svg' });
      link.download = plot.id + '.svg';
      link.click();
    });
    made.append(save, element('h2', '', plot.title), element('p', 'note', plot.note), element('div', 'plot'));
    byId('plots').append(made);
    return made;
  }

  function showTable(trials) {
    var columns = trials.columns;
    var state = { by: -1, rising: true, shown: PAGE };

    function cell(row, at) {
      var column = columns[at];
      var value = row[at];
      if (column.name === 'status') {
        var status = element('td');
        status.append(element('span', 'status ' + value, value));
        return status;
      }
      var made = element('td', column.number ? 'number' : 'text', column.number ? winnowCharts.number(value, 6) : value);
      if (!column.number) { made.title = value; }
      return made;
    }

    /* A word has to be somewhere in the row; column<number, column>number and column=value compare. */
    function matches(row, word) {
      var parts = /^([\w.]+)\s*([<>=])\s*(.+)$/.exec(word);
      var at = parts ? columns.findIndex(function (column) { return column.name === parts[1]; }) : -1;
      if (at < 0) {
        return row.some(function (value) { return String(value).toLowerCase().indexOf(word.toLowerCase()) >= 0; });
      }
      var value = row[at];
      var than = Number(parts[3]);
      return parts[2] === '<' ? value !== null && value < than
        : parts[2] === '>' ? value !== null && value > than
        : String(value) === parts[3] || (columns[at].number && value === than);
    }

    function chosen() {
      var words = byId('filter').value.split(/\s+/).filter(Boolean);
      var status = byId('status').value;
      var statusAt = columns.findIndex(function (column) { return column.name === 'status'; });
      return trials.rows.filter(function (row) {
        return (!status || row[statusAt] === status) && words.every(function (word) { return matches(row, word); });
      });
    }

    /* What is not known comes last, whichever way the rest is sorted. */
    function compare(a, b) {
      var x = a[state.by];
      var y = b[state.by];
      if (x === null || y === null) { return (x === null) - (y === null); }
      var order = typeof x === 'number' ? x - y : String(x).localeCompare(String(y));
      return state.rising ? order : -order;
    }

    function show() {
      var rows = chosen();
      if (state.by >= 0) { rows = rows.slice().sort(compare); }
      var body = byId('table').tBodies[0];
      body.replaceChildren.apply(body, rows.slice(0, state.shown).map(function (row) {
        var line = element('tr');
        row.forEach(function (value, at) { line.append(cell(row, at)); });
        return line;
      }));
      byId('found').textContent = winnowCharts.grouped(rows.length) + ' of ' + winnowCharts.grouped(trials.rows.length) + ' trials';
      byId('more').hidden = rows.length <= state.shown;
    }

    function sort(at, heading) {
      state.rising = state.by === at ? !state.rising : !columns[at].number;
      state.by = at;
      heading.parentNode.querySelectorAll('th').forEach(function (th) { th.removeAttribute('aria-sort'); });
      heading.setAttribute('aria-sort', state.rising ? 'ascending' : 'descending');
      show();
    }

    var head = element('tr');
    columns.forEach(function (column, at) {
      var heading = element('th', column.number ? 'number' : '');
      var button = element('button', '', column.name);
      button.type = 'button';
      button.addEventListener('click', function () { sort(at, heading); });
      heading.append(button);
      head.append(heading);
    });
    byId('table').tHead.append(head);
    byId('status').append(new Option('all', ''));
    trials.statuses.forEach(function (status) { byId('status').append(new Option(status, status)); });
    byId('filter').addEventListener('input', show);
    byId('status').addEventListener('change', show);
    byId('more').addEventListener('click', function () { state.shown += PAGE; show(); });
    byId('trials-note').textContent = trials.note;
    byId('trials').hidden = false;
    show();
  }

  showHead();
  showPlots();
  showTable(data.trials);
})();
