/* Draws the plots of a report where there is no browser. Timers drive animations, of which a file has none. */
function setTimeout() { return 0; }
function clearTimeout() {}

/* Pairs of a plot's name and its SVG. */
function draw(data, width) {
  'use strict';
  return winnowCharts.all(JSON.parse(data), winnowCharts.light).map(function (plot) {
    var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: width, height: plot.height });
    plot.option.backgroundColor = winnowCharts.light.surface;
    chart.setOption(plot.option);
    var svg = chart.renderToSVGString();
    chart.dispose();
    return [plot.id, svg];
  });
}
