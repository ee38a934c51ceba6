/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The screen is a pile of bands, each of one panel or of two side by side. A
 * band costs its rows and the border line above it.
 */
#include "layout.h"

#include <string.h>

/* Rows that make a panel worth having while others want room too. */
#define COMFORT_PROCESSES 6
#define COMFORT_RATE 5
#define COMFORT_LOG 3
#define COMFORT_NODES 6
#define TOP_ROWS 17 /* 16 nodes, and their head */
#define RATE_ROWS_MAX 12
#define LOG_ROWS_MAX 14
/* From here the rate and the latency go beside each other. */
#define BOTTOM_SIDE_COLS 100
/* Of the rate beside the latency: a minute of seconds, and the axis. */
#define RATE_MIN_COLS 67
/* With so much of its own it leaves the latency all that that wants. */
#define RATE_COLS 80

struct band {
	int left;
	int right; /* enum panel, or -1 for a band of one */
	int min;
	int max;
	int share; /* of the rows that are left over */
	int rows;
};

struct bands {
	struct band band[PANEL_COUNT];
	int nr;
};

static const enum panel give_way[] = {
	PANEL_LATENCY, PANEL_FLOW, PANEL_NODES, PANEL_RATE, PANEL_LOG,
};

#define GIVE_WAY ((int)(sizeof(give_way) / sizeof(give_way[0])))

static int min_int(int a, int b)
{
	return a < b ? a : b;
}

static int max_int(int a, int b)
{
	return a > b ? a : b;
}

static void bands_add(struct bands *bands, struct band band)
{
	band.max = max_int(band.min, band.max);
	bands->band[bands->nr++] = band;
}

/*
 * Of many nodes the first are shown: the rest of the screen wants rows too.
 * A matrix that people still can read is shown as a whole.
 */
static int top_max(const struct layout_request *request, enum panel which)
{
	int most = max_int(request->rows * 2 / 5, TOP_ROWS);

	return min_int(request->panel[which].want_rows, most);
}

/* Rows that node and flow panels need before they are worth it. */
static int top_min(const struct layout_panel *panel)
{
	return max_int(panel->min_rows,
		       min_int(panel->want_rows, COMFORT_NODES));
}

static void bands_add_top(struct bands *bands,
			  const struct layout_request *request, bool beside)
{
	const struct layout_panel *nodes = &request->panel[PANEL_NODES];
	const struct layout_panel *flow = &request->panel[PANEL_FLOW];
	struct band band = { .left = PANEL_NODES, .right = -1 };

	if (nodes->available) {
		band.min = top_min(nodes);
		band.max = top_max(request, PANEL_NODES);
	}
	if (nodes->available && flow->available && beside) {
		band.right = PANEL_FLOW;
		band.min = max_int(band.min, top_min(flow));
		band.max = max_int(band.max, top_max(request, PANEL_FLOW));
	}
	if (nodes->available)
		bands_add(bands, band);
	if (flow->available && band.right < 0)
		bands_add(bands, (struct band){
			.left = PANEL_FLOW,
			.right = -1,
			.min = top_min(flow),
			.max = top_max(request, PANEL_FLOW),
		});
}

static bool bottom_beside(const struct layout_request *request)
{
	return request->cols >= BOTTOM_SIDE_COLS &&
	       request->panel[PANEL_RATE].available;
}

static void bands_add_bottom(struct bands *bands,
			     const struct layout_request *request)
{
	const struct layout_panel *panel = request->panel;
	bool latency = panel[PANEL_LATENCY].available;
	bool beside = latency && bottom_beside(request);
	struct band band = {
		.left = PANEL_RATE,
		.right = beside ? PANEL_LATENCY : -1,
		.min = COMFORT_RATE,
		.max = RATE_ROWS_MAX,
		.share = 3,
	};

	if (panel[PANEL_RATE].available)
		bands_add(bands, band);
	band.left = PANEL_LATENCY;
	if (latency && !beside)
		bands_add(bands, band);
	if (panel[PANEL_LOG].available)
		bands_add(bands, (struct band){
			.left = PANEL_LOG,
			.right = -1,
			.min = COMFORT_LOG,
			.max = LOG_ROWS_MAX,
			.share = 2,
		});
}

static void bands_build(struct bands *bands,
			const struct layout_request *request, bool beside)
{
	bands->nr = 0;
	bands_add_top(bands, request, beside);
	if (request->panel[PANEL_PROCESSES].available)
		bands_add(bands, (struct band){
			.left = PANEL_PROCESSES,
			.right = -1,
			.min = COMFORT_PROCESSES,
			.max = request->rows,
			.share = 5,
		});
	bands_add_bottom(bands, request);
}

static int header_rows(const struct layout_request *request)
{
	if (!request->panel[PANEL_HEADER].available)
		return 0;
	return request->cols >= LAYOUT_WIDE_COLS || request->rows < 20 ? 2 : 3;
}

/* Rows inside all bands: without header, border lines and the last line. */
static int inner_rows(const struct layout_request *request,
		      const struct bands *bands)
{
	return request->rows - header_rows(request) - bands->nr - 1;
}

static bool bands_fit(const struct bands *bands,
		      const struct layout_request *request)
{
	int i, need = 0;

	if (bands->nr == 1)
		return true; /* it has all there is */
	for (i = 0; i < bands->nr; i++)
		need += bands->band[i].min;
	return need <= inner_rows(request, bands);
}

/*
 * Nodes and flow go side by side where the whole matrix fits beside the
 * nodes, else below each other, and where rows are short side by side again.
 */
static bool bands_choose(struct bands *bands,
			 const struct layout_request *request)
{
	const struct layout_panel *nodes = &request->panel[PANEL_NODES];
	const struct layout_panel *flow = &request->panel[PANEL_FLOW];
	int flow_cols = flow->want_cols <= request->cols - 2 ?
			max_int(flow->want_cols, flow->min_cols) :
			flow->min_cols;
	int room = request->cols - 3 - nodes->min_cols;
	bool beside = flow_cols <= room;

	bands_build(bands, request, beside);
	if (bands_fit(bands, request))
		return true;
	if (beside || flow->min_cols > room)
		return false;
	bands_build(bands, request, true);
	return bands_fit(bands, request);
}

/* Gives the bands that may still grow their shares; returns what is left. */
static int bands_share(struct bands *bands, int spare)
{
	int i, part, total = 0, left = spare;
	struct band *band;

	for (i = 0; i < bands->nr; i++)
		if (bands->band[i].rows < bands->band[i].max)
			total += bands->band[i].share;
	for (i = 0; i < bands->nr && total; i++) {
		band = &bands->band[i];
		part = (spare * band->share + total - 1) / total;
		part = min_int(part, band->max - band->rows);
		part = min_int(part, left);
		band->rows += part;
		left -= part;
	}
	return left;
}

static void bands_grow(struct bands *bands, int rows)
{
	struct band *band;
	int i, part, spare = rows;

	for (i = 0; i < bands->nr; i++) {
		band = &bands->band[i];
		band->rows = bands->nr == 1 ? min_int(band->min, rows) :
					      band->min;
		spare -= band->rows;
	}
	for (i = 0; i < bands->nr; i++) {
		band = &bands->band[i];
		part = band->share ? 0 : min_int(spare, band->max - band->rows);
		band->rows += part;
		spare -= part;
	}
	do {
		rows = spare;
		spare = bands_share(bands, spare);
	} while (spare > 0 && spare < rows);
	/* Nobody wants more: no gap all the same. */
	if (bands->nr)
		bands->band[bands->nr - 1].rows += spare;
}

/* The latency has one scope in half of what it wants, and both in all. */
static int rate_cols(const struct layout_request *request)
{
	int want = request->panel[PANEL_LATENCY].want_cols;
	int room = request->cols - 3;

	if (room - want < RATE_COLS)
		want /= 2;
	return max_int(room - want, RATE_MIN_COLS);
}

static int left_cols(const struct band *band,
		     const struct layout_request *request)
{
	const struct layout_panel *left = &request->panel[band->left];
	const struct layout_panel *right = &request->panel[band->right];
	int room = request->cols - 3;
	int cols;

	if (band->left == PANEL_RATE)
		return rate_cols(request);
	cols = min_int(left->want_cols, room / 2);
	/* What does not fit even then is a list, with room enough. */
	if (room - cols < right->want_cols &&
	    room - left->min_cols >= right->want_cols)
		cols = room - right->want_cols;
	cols = min_int(cols, room - right->min_cols);
	return max_int(cols, left->min_cols);
}

static void bands_place(const struct bands *bands,
			const struct layout_request *request,
			struct layout *layout)
{
	const struct band *band;
	struct rect area;
	int i, cols, row = header_rows(request) + 1;

	for (i = 0; i < bands->nr; i++) {
		band = &bands->band[i];
		cols = request->cols - 2;
		if (band->right >= 0)
			cols = left_cols(band, request);
		area = (struct rect){ row, 1, band->rows, cols };
		layout->panel[band->left] = area;
		if (band->right >= 0) {
			area.col = cols + 2;
			area.cols = request->cols - cols - 3;
			layout->panel[band->right] = area;
		}
		row += band->rows + 1;
	}
}

static void layout_zoomed(const struct layout_request *request,
			  struct layout *layout)
{
	int header = header_rows(request);

	if (request->zoom == PANEL_HEADER) {
		layout->panel[PANEL_HEADER].rows = request->rows - 1;
		return;
	}
	layout->panel[request->zoom] = (struct rect){
		header + 1, 1, request->rows - header - 2, request->cols - 2,
	};
}

/* Beside the rate the latency takes no rows: both go together. */
static void give_way_one(struct layout_request *left, enum panel panel)
{
	if (panel == PANEL_LATENCY && bottom_beside(left))
		return;
	left->panel[panel].available = false;
	if (panel == PANEL_RATE)
		left->panel[PANEL_LATENCY].available = false;
}

void layout_compute(const struct layout_request *request,
		    struct layout *layout)
{
	struct layout_request left = *request;
	struct bands bands;
	int i = 0;

	memset(layout, 0, sizeof(*layout));
	layout->too_small = request->rows < LAYOUT_MIN_ROWS ||
			    request->cols < LAYOUT_MIN_COLS;
	if (layout->too_small)
		return;
	layout->panel[PANEL_HEADER] =
		(struct rect){ 0, 0, header_rows(request), request->cols };
	if (request->zoom >= 0 && request->zoom < PANEL_COUNT &&
	    request->panel[request->zoom].available) {
		layout_zoomed(request, layout);
		return;
	}
	while (!bands_choose(&bands, &left) && i < GIVE_WAY)
		give_way_one(&left, give_way[i++]);
	bands_grow(&bands, inner_rows(&left, &bands));
	bands_place(&bands, &left, layout);
}
