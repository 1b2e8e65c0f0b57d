/* The plots of a report, as options of ECharts: pure functions of the data and a theme, for the page and for SVG files. */
var winnowCharts = (function () {
  'use strict';

  /* Okabe and Ito's colours, which people who see colours differently can tell apart. */
  var LIGHT = {
    text: '#1c2430', muted: '#5b6675', line: '#dfe3e8', surface: '#ffffff', quiet: '#aab4c0', faint: '#e9edf1',
    accent: '#0072b2', knee: '#d55e00',
    series: ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#6a51a3', '#8c6d31'],
    ramp: ['#f1f3f5', '#c6dbef', '#74a9cf', '#2b7bb3', '#08406f']
  };
  var DARK = {
    text: '#e8ecf1', muted: '#a1adbb', line: '#2e3743', surface: '#1a2029', quiet: '#5c6876', faint: '#28313d',
    accent: '#56b4e9', knee: '#ff8b45',
    series: ['#56b4e9', '#f0b429', '#2fc59b', '#e39cc6', '#3d8fd1', '#ff8b45', '#b3a0e8', '#c9a45c'],
    ramp: ['#222a35', '#1f4a6b', '#2878ab', '#57afe0', '#d3ecfb']
  };
  var SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle', 'emptyDiamond'];

  function number(value, digits) {
    if (value === null || value === undefined) { return '–'; }
    if (value === 0) { return '0'; }
    var size = Math.abs(value);
    if (size >= 1e5 || size < 1e-4) { return value.toExponential(2); }
    return String(Number(value.toPrecision(digits || 4)));
  }

  /* Thousands and millions as letters. */
  function short(value) {
    return value >= 1e6 ? number(value / 1e6, 3) + ' M' : value >= 1e3 ? number(value / 1e3, 3) + ' k' : number(value, 3);
  }

  function grouped(value) {
    return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
  }

  function escape(text) {
    return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  }

  function lines(title, pairs) {
    return '<b>' + escape(title) + '</b>' + pairs.map(function (pair) {
      return '<br>' + escape(pair[0]) + ' <b>' + escape(pair[1]) + '</b>';
    }).join('');
  }

  function metricAxis(metric) {
    return 'held-out ' + metric + (metric === 'mse' ? " (label's units, squared)" : '');
  }

  function axis(theme, name, more) {
    var both = {
      name: name, nameLocation: 'middle', nameGap: 32, type: 'value', scale: true,
      nameTextStyle: { color: theme.muted, fontSize: 12.5 },
      axisLine: { show: true, lineStyle: { color: theme.line } },
      axisTick: { show: false },
      axisLabel: { color: theme.muted, fontSize: 12 },
      splitLine: { lineStyle: { color: theme.faint } }
    };
    return merge(both, more || {});
  }

  function merge(into, from) {
    Object.keys(from).forEach(function (key) {
      var value = from[key];
      var nested = value && typeof value === 'object' && !Array.isArray(value) && into[key];
      into[key] = nested ? merge(into[key], value) : value;
    });
    return into;
  }

  function base(theme, more) {
    return merge({
      animation: false,
      backgroundColor: 'transparent',
      textStyle: { color: theme.text, fontFamily: 'system-ui, -apple-system, Segoe UI, Roboto, DejaVu Sans, Arial, sans-serif' },
      grid: { left: 72, right: 24, top: 20, bottom: 52 },
      tooltip: {
        confine: true, backgroundColor: theme.surface, borderColor: theme.line,
        textStyle: { color: theme.text, fontSize: 13 }
      },
      aria: { enabled: true }
    }, more);
  }

  function legend(theme, more) {
    return merge({ type: 'scroll', top: 0, left: 0, itemWidth: 16, itemHeight: 9, textStyle: { color: theme.muted, fontSize: 12 },
      pageTextStyle: { color: theme.muted }, pageIconColor: theme.muted }, more || {});
  }

  function percent(value) {
    return number(100 * value, 4) + ' %';
  }

  function front(data, theme) {
    return frontOf(data, theme, {
      id: 'front', title: 'Front of metric against sparsity', value: 'sparsity', onFront: 'onFront', knee: 'knee', align: 'right',
      axis: axis(theme, 'sparsity: share of ' + data.unit + ' dropped', { axisLabel: { formatter: percent } })
    });
  }

  /* Networks that keep as many weights may differ in operations, where weights are used at many places of an image. */
  function costs(data, theme) {
    return frontOf(data, theme, {
      id: 'costs', title: 'Front of metric against operations', value: 'flops', onFront: 'onFlopsFront', knee: 'flopsKnee',
      align: 'left',
      axis: axis(theme, 'floating point operations for a row', { axisLabel: { hideOverlap: true, formatter: short } })
    });
  }

  function frontOf(data, theme, by) {
    var of = data.front;
    var unit = data.unit;
    function point(row) {
      return { value: [row[by.value], row.metric], row: row };
    }
    var best = of.points.filter(function (row) { return row[by.onFront]; })
      .sort(function (a, b) { return a[by.value] - b[by.value]; });
    var knee = best.filter(function (row) { return row[by.knee]; });
    return {
      id: by.id, title: by.title, wide: true, height: 400,
      note: 'Each point is a configuration, a mean over its seeds. On the line are those that no other beats in both;'
        + ' the knee is where it bends most.' + shown(of, 'configurations'),
      option: base(theme, {
        legend: legend(theme),
        grid: { top: 40 },
        xAxis: by.axis,
        yAxis: axis(theme, metricAxis(data.metric), { nameGap: 54 }),
        tooltip: {
          trigger: 'item',
          formatter: function (at) {
            var row = at.data.row;
            return lines(row[by.knee] ? 'Knee of the front' : row[by.onFront] ? 'On the front' : 'Configuration', [
              [data.metric, number(row.metric) + (row.std === null ? '' : ' ± ' + number(row.std, 2))],
              ['with all', number(row.reference)],
              [unit + ' kept', number(row.kept)],
              ['sparsity', percent(row.sparsity)],
              ['reg_weight', number(row.regWeight)],
              ['threshold', number(row.threshold)],
              ['seeds', row.trials]
            ].concat(row.flops === null ? [] : [['operations for a row', grouped(row.flops)]])
              .concat(row.latency === null ? [] : [['a row took', number(row.latency, 3) + ' µs']]));
          }
        },
        series: [
          { name: 'configurations', type: 'scatter', symbolSize: 6, itemStyle: { color: theme.quiet, opacity: 0.7 },
            data: of.points.filter(function (row) { return !row[by.onFront]; }).map(point) },
          { name: 'front', type: 'line', symbol: 'circle', symbolSize: 8, color: theme.accent, data: best.map(point) },
          { name: 'knee', type: 'scatter', symbol: 'diamond', symbolSize: 18, color: theme.knee, z: 5,
            label: { show: true, position: 'bottom', align: by.align, distance: 10, color: theme.text, fontSize: 12.5, fontWeight: 600,
              formatter: function (at) {
                var row = at.data.row;
                return (row.kept < 100 ? number(row.kept, 2) : grouped(row.kept)) + ' ' + unit + ', ' + data.metric + ' '
                  + number(row.metric);
              } },
            data: knee.map(point) }
        ]
      })
    };
  }

  function shown(of, what) {
    return of.of > of.shown ? ' Shown are ' + grouped(of.shown) + ' of ' + grouped(of.of) + ' ' + what + '.' : '';
  }

  function errorBars(items, across) {
    return {
      type: 'custom', name: 'spread', silent: true, z: 4, tooltip: { show: false },
      encode: across ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
      data: items,
      renderItem: function (params, api) {
        var low = across ? api.coord([api.value(1), api.value(0)]) : api.coord([api.value(0), api.value(1)]);
        var high = across ? api.coord([api.value(2), api.value(0)]) : api.coord([api.value(0), api.value(2)]);
        return { type: 'line', shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] },
          style: { stroke: api.visual('color'), lineWidth: 1.5 } };
      }
    };
  }

  function ranks(data, theme) {
    var of = data.ranks;
    function tip(item) {
      return lines(item.name, [['rank', item.rank], ['ranks', item.lowest + ' to ' + item.highest],
        ['takes away', percent(item.gain)], ['± ', percent(item.std)], ['kept', item.kept ? 'yes' : 'no']]);
    }
    return {
      id: 'ranks', title: 'Features by rank', height: 70 + 19 * of.items.length,
      note: 'What each feature takes of the squared error, on rows that did not fit it, after those before it; the lines reach '
        + 'one standard deviation over halves of the rows to each side. Coloured are those that are kept.' + shown(of, 'features'),
      option: base(theme, {
        grid: { left: 24, right: 24, top: 28, bottom: 44, containLabel: true },
        tooltip: { trigger: 'item', formatter: function (at) { return at.data.item ? tip(at.data.item) : ''; } },
        xAxis: axis(theme, 'share of the error taken away', { scale: false }),
        yAxis: axis(theme, '', { type: 'category', inverse: true, axisLabel: { color: theme.text, interval: 0 },
          data: of.items.map(function (item) { return item.name; }) }),
        series: [{
          type: 'bar', barCategoryGap: '25%',
          data: of.items.map(function (item) {
            return { value: item.gain, item: item, itemStyle: { color: item.kept ? theme.accent : theme.quiet } };
          })
        }, merge(errorBars(of.items.map(function (item, at) {
          return [at, item.gain - item.std, item.gain + item.std];
        }), true), { itemStyle: { color: theme.text } })]
      })
    };
  }

  function gates(data, theme) {
    var of = data.gates;
    return of.items.length <= 60 ? gateBars(of, theme) : gateCurve(of, theme);
  }

  function gateNote(of) {
    return (of.configuration ? 'At the knee: means over seeds; the lines reach one standard deviation to each side. '
      : 'The gate without noise: what a feature is multiplied by. ') + 'Coloured are those that ' + (of.configuration ? 'most seeds keep.' : 'are kept.');
  }

  function gateTip(item) {
    return lines(item.name, [['rank', item.rank], ['gate', number(item.value)]]
      .concat(item.std === null ? [] : [['± ', number(item.std, 2)]])
      .concat(item.frequency === null ? [['kept', item.kept ? 'yes' : 'no']] : [['kept by', percent(item.frequency) + ' of seeds']]));
  }

  function gateBars(of, theme) {
    var series = [{
      type: 'bar', barCategoryGap: '25%',
      data: of.items.map(function (item) {
        return { value: item.value, item: item, itemStyle: { color: item.kept ? theme.accent : theme.quiet } };
      }),
      markLine: of.threshold === null ? undefined : { silent: true, symbol: 'none',
        lineStyle: { color: theme.knee, type: 'dashed' },
        label: { color: theme.muted, formatter: 'threshold ' + number(of.threshold), position: 'start' },
        data: [{ xAxis: of.threshold }] }
    }];
    if (of.configuration) {
      series.push(merge(errorBars(of.items.map(function (item, at) {
        var std = item.std || 0;
        return [at, Math.max(0, item.value - std), Math.min(1, item.value + std)];
      }), true), { itemStyle: { color: theme.text } }));
    }
    return {
      id: 'gates', title: 'Gates by rank', height: 70 + 19 * of.items.length, note: gateNote(of),
      option: base(theme, {
        grid: { left: 24, right: 24, top: 28, bottom: 44, containLabel: true },
        tooltip: { trigger: 'item', formatter: function (at) { return at.data.item ? gateTip(at.data.item) : ''; } },
        xAxis: axis(theme, 'gate, from 0 closed to 1 open', { min: 0, max: 1, scale: false }),
        yAxis: axis(theme, '', { type: 'category', inverse: true, axisLabel: { color: theme.text, interval: 0 },
          data: of.items.map(function (item) { return item.name; }) }),
        series: series
      })
    };
  }

  function gateCurve(of, theme) {
    function part(name, kept, color) {
      return { name: name, type: 'scatter', symbolSize: 4, color: color,
        data: of.items.filter(function (item) { return item.kept === kept; }).map(function (item) {
          return { value: [item.rank, item.value], item: item };
        }) };
    }
    return {
      id: 'gates', title: 'Gates by rank', height: 380, note: gateNote(of) + shown(of, 'gates'),
      option: base(theme, {
        legend: legend(theme), grid: { top: 40 },
        tooltip: { trigger: 'item', formatter: function (at) { return gateTip(at.data.item); } },
        xAxis: axis(theme, 'rank'),
        yAxis: axis(theme, 'gate, from 0 closed to 1 open', { min: 0, max: 1, nameGap: 40 }),
        series: [part('kept', true, theme.accent), part('dropped', false, theme.quiet)]
      })
    };
  }

  /* On a log scale no further than the values, given in order, go: whole powers of ten would leave much of it empty. */
  function spanAxis(theme, name, values, log) {
    return log
      ? axis(theme, name + ' (log scale)', { type: 'log', min: values[0] * 0.9, max: values[values.length - 1] * 1.1,
        axisLabel: { showMinLabel: false, showMaxLabel: false,
          formatter: function (value) { return number(value, 2); } } })
      : axis(theme, name);
  }

  function path(data, theme) {
    var of = data.path;
    var coloured = theme.series.length;
    var layers = data.unit === 'weights';
    var value = layers ? 'share of weights kept' : 'gate, from 0 closed to 1 open';
    return {
      id: 'path', title: 'Regularisation path', wide: true, height: 420,
      note: (layers ? 'How much of each layer is kept as the price of a weight rises, at the threshold of the knee; means over seeds.'
        : 'How the gates close as the price of an open one rises, at the threshold of the knee; means over seeds. The '
          + Math.min(coloured, of.features.length) + ' that stay open longest are coloured.')
        + shown(of, layers ? 'layers' : 'features'),
      option: base(theme, {
        legend: legend(theme, { data: of.features.slice(0, coloured).map(function (f) { return f.name; }) }),
        grid: { top: 44 },
        tooltip: {
          trigger: 'item',
          formatter: function (at) {
            return lines(at.seriesName, [['reg_weight', number(at.value[0])], [layers ? 'kept' : 'gate', number(at.value[1])]]);
          }
        },
        xAxis: spanAxis(theme, 'reg_weight: price of ' + (layers ? 'a weight' : 'an open gate'), of.regWeights, of.log),
        yAxis: axis(theme, value, { min: 0, max: 1, nameGap: 40 }),
        series: of.features.map(function (feature, at) {
          var strong = at < coloured;
          return {
            name: feature.name, type: 'line', symbol: strong ? SYMBOLS[at] : 'none', symbolSize: 7,
            color: strong ? theme.series[at] : theme.quiet,
            lineStyle: { width: strong ? 2 : 1, opacity: strong ? 1 : 0.6 }, z: strong ? 3 : 2,
            data: of.regWeights.map(function (price, i) { return [price, feature.values[i]]; })
          };
        })
      })
    };
  }

  function stability(data, theme) {
    var of = data.stability;
    return {
      id: 'stability', title: 'Stability of the selection', height: 130 + 19 * of.names.length,
      note: 'How often a feature is kept, over seeds, at the threshold of the knee; features in the order of their ranks.'
        + shown(of, 'features'),
      option: base(theme, {
        grid: { left: 24, right: 16, top: 8, bottom: 96, containLabel: true },
        tooltip: { trigger: 'item', formatter: function (at) {
          return lines(of.names[at.value[1]], [['reg_weight', number(of.regWeights[at.value[0]])],
            ['kept by', percent(at.value[2]) + ' of seeds']]);
        } },
        visualMap: { min: 0, max: 1, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 140, itemWidth: 12,
          calculable: false, text: ['always', 'never kept'], textStyle: { color: theme.muted }, inRange: { color: theme.ramp } },
        xAxis: axis(theme, 'reg_weight', { type: 'category', nameGap: 44, splitLine: { show: false },
          axisLabel: { rotate: of.regWeights.length > 8 ? 50 : 0 },
          data: of.regWeights.map(function (price) { return number(price, 2); }) }),
        yAxis: axis(theme, '', { type: 'category', inverse: true, splitLine: { show: false },
          axisLabel: { color: theme.text, interval: 0 }, data: of.names }),
        series: [{ type: 'heatmap', data: of.cells, itemStyle: { borderColor: theme.surface, borderWidth: 1 } }]
      })
    };
  }

  function agreement(data, theme) {
    var of = data.agreement;
    return {
      id: 'agreement', title: 'How far seeds agree', height: 340,
      note: 'Stability index of Nogueira, Sechidis and Brown (2018)' + (of.layer === null ? '' : ' of the layer ' + of.layer)
        + ': 1 where all seeds keep the same ' + data.unit + ', 0 where they agree as by chance; the lines are 95 % intervals.',
      option: base(theme, {
        tooltip: { trigger: 'item', formatter: function (at) {
          var row = at.data.row;
          return row ? lines('reg_weight ' + number(row.regWeight), [['index', number(row.index, 3)],
            ['interval', number(row.lower, 3) + ' to ' + number(row.upper, 3)],
            ['mean Jaccard', number(row.jaccard, 3)]]) : '';
        } },
        xAxis: spanAxis(theme, 'reg_weight', of.rows.map(function (row) { return row.regWeight; }), of.log),
        yAxis: axis(theme, 'stability index', { max: 1, nameGap: 40 }),
        series: [
          { type: 'line', color: theme.accent, symbol: 'circle', symbolSize: 7,
            data: of.rows.map(function (row) { return { value: [row.regWeight, row.index], row: row }; }) },
          merge(errorBars(of.rows.map(function (row) {
            return [row.regWeight, row.lower, Math.min(1, row.upper)];
          }), false), { itemStyle: { color: theme.accent } })
        ]
      })
    };
  }

  function layers(data, theme) {
    var of = data.layers;
    var several = of.thresholds.length > 1;
    return {
      id: 'layers', title: 'Sparsity by layer', height: 110 + of.layers.length * (18 + 22 * of.thresholds.length),
      note: 'The share of each layer\'s weights that is dropped' + (several ? ', at each threshold; the first made the result.' : '.'),
      option: base(theme, {
        legend: several ? legend(theme) : undefined,
        grid: { left: 24, right: 130, top: several ? 36 : 8, bottom: 48, containLabel: true },
        tooltip: { trigger: 'item', formatter: function (at) {
          return lines(at.name, [['threshold', at.seriesName], ['sparsity', percent(at.value)],
            ['kept', grouped(at.data.kept) + ' of ' + grouped(at.data.total) + ' weights']]);
        } },
        xAxis: axis(theme, 'sparsity: share of weights dropped', { min: 0, max: 1, scale: false, axisLabel: { formatter: percent } }),
        yAxis: axis(theme, '', { type: 'category', inverse: true, axisLabel: { color: theme.text, interval: 0 },
          data: of.layers.map(function (layer) { return layer.name; }) }),
        series: of.thresholds.map(function (threshold, at) {
          return {
            name: number(threshold), type: 'bar', barMaxWidth: 18, color: theme.series[at % theme.series.length],
            label: { show: true, position: 'right', color: theme.muted, fontSize: 11.5, formatter: function (bar) {
              return grouped(bar.data.kept) + ' of ' + grouped(bar.data.total) + ' kept';
            } },
            data: of.layers.map(function (layer) {
              return { value: 1 - layer.kept[at] / layer.total, kept: layer.kept[at], total: layer.total };
            })
          };
        })
      })
    };
  }

  function thresholds(data, theme) {
    var of = data.thresholds;
    function line(name, key, color, symbol) {
      return { name: name, type: 'line', color: color, symbol: symbol, symbolSize: 9,
        data: of.filter(function (row) { return row[key] !== null; }).map(function (row) {
          return { value: [row.compression, row[key]], row: row };
        }) };
    }
    return {
      id: 'thresholds', title: 'Metric against compression', height: 340,
      note: 'One trained network at several thresholds. Compression is the weights of the dense network for one that is kept.',
      option: base(theme, {
        legend: legend(theme), grid: { top: 40 },
        tooltip: { trigger: 'item', formatter: function (at) {
          return lines('threshold ' + number(at.data.row.threshold), [['compression', number(at.value[0]) + ' times'],
            [data.metric, number(at.value[1])]]);
        } },
        xAxis: axis(theme, 'compression (times)'),
        yAxis: axis(theme, metricAxis(data.metric), { nameGap: 54 }),
        series: [line('masked', 'metric', theme.series[1], 'rect'), line('fine-tuned', 'finetuned', theme.series[0], 'circle')]
          .filter(function (series) { return series.data.length > 0; })
      })
    };
  }

  function maskMap(of, theme) {
    return {
      id: of.id, title: of.title, height: 430, note: of.note,
      option: base(theme, {
        grid: { left: 34, right: 12, top: 8, bottom: 76 },
        tooltip: { trigger: 'item', formatter: function (at) {
          return lines('row ' + at.value[1] + ', column ' + at.value[0], [[of.unit, number(at.value[2])]]);
        } },
        visualMap: { min: 0, max: of.max, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 140, itemWidth: 12,
          text: [number(of.max, 3), '0'], textStyle: { color: theme.muted }, inRange: { color: theme.ramp } },
        xAxis: axis(theme, 'column of the image', { type: 'category', nameGap: 24, splitLine: { show: false }, axisLabel: { interval: 3 },
          data: indices(of.width) }),
        yAxis: axis(theme, '', { type: 'category', inverse: true, splitLine: { show: false }, axisLabel: { interval: 3 },
          data: indices(of.height) }),
        series: [{ type: 'heatmap', data: of.values.map(function (value, i) {
          return [i % of.width, Math.floor(i / of.width), value];
        }) }]
      })
    };
  }

  function indices(count) {
    var all = [];
    for (var i = 0; i < count; i++) { all.push(i); }
    return all;
  }

  function rounds(data, theme) {
    var of = data.rounds;
    var panels = [['loss', 'loss of a row', 1], ['metric', metricAxis(data.metric), 2], ['open', 'open gates', 3]]
      .filter(function (panel) {
        return of.series.some(function (series) {
          return series.rows.some(function (row) { return row[panel[2]] !== null; });
        });
      });
    var each = 190;
    return {
      id: 'rounds', title: 'Training by round', wide: true, height: 50 + each * panels.length, note: of.note,
      option: base(theme, {
        legend: legend(theme, { data: of.series.map(function (series) { return series.name; }) }),
        axisPointer: { link: [{ xAxisIndex: 'all' }] },
        tooltip: { trigger: 'axis', formatter: function (points) {
          return lines('round ' + points[0].value[0], points.map(function (point) {
            return [point.seriesName, number(point.value[1])];
          }));
        } },
        grid: panels.map(function (panel, i) {
          return { left: 70, right: 24, top: 40 + each * i, height: each - 44 };
        }),
        xAxis: panels.map(function (panel, i) {
          return axis(theme, i === panels.length - 1 ? 'round' : '', { gridIndex: i, nameGap: 26, min: 1 });
        }),
        yAxis: panels.map(function (panel, i) {
          return axis(theme, panel[1], { gridIndex: i, nameGap: 50, minInterval: panel[0] === 'open' ? 1 : undefined });
        }),
        series: [].concat.apply([], panels.map(function (panel, i) {
          return of.series.map(function (series, s) {
            return {
              name: series.name, type: 'line', xAxisIndex: i, yAxisIndex: i, showSymbol: false,
              color: theme.series[s % theme.series.length], lineStyle: { width: 1.6 },
              data: series.rows.filter(function (row) { return row[panel[2]] !== null; }).map(function (row) {
                return [row[0], row[panel[2]]];
              })
            };
          });
        }))
      })
    };
  }

  function all(data, theme) {
    var plots = [];
    var counted = data.front && data.front.points.some(function (row) { return row.flops !== null; });
    [[data.front, front], [counted, costs], [data.path, path], [data.ranks, ranks], [data.gates, gates], [data.stability, stability],
      [data.agreement, agreement], [data.thresholds, thresholds], [data.layers, layers]].forEach(function (part) {
      if (part[0]) { plots.push(part[1](data, theme)); }
    });
    (data.masks || []).forEach(function (mask) { plots.push(maskMap(mask, theme)); });
    if (data.rounds) { plots.push(rounds(data, theme)); }
    return fill(plots);
  }

  /* Two narrow plots stand side by side; one that would stand alone is made wide. */
  function fill(plots) {
    var beside = 0;
    plots.forEach(function (plot, at) {
      beside = plot.wide ? 0 : beside + 1;
      var last = at === plots.length - 1 || plots[at + 1].wide;
      if (last && beside % 2 === 1) { plot.wide = true; }
    });
    return plots;
  }

  return { light: LIGHT, dark: DARK, all: all, number: number, grouped: grouped, percent: percent };
})();
