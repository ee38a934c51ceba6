/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: who moved its pages, and whose pages it moved. */
#include "details.h"

#include <inttypes.h>
#include <stdio.h>

#include "pair_text.h"
#include "text.h"
#include "units.h"

#define NAME_COLS 24
#define FLOW_COLS 9
#define COUNT_COLS 7

static const struct details_peers *peers_of(const struct details_facts *facts,
					    enum details_side side)
{
	return &facts->details->peers[side];
}

static int peers_lines(const struct details_peers *peers)
{
	return (int)peers->nr + (peers->nr_others ? 1 : 0);
}

static void name_text(const struct details_peer *peer, char *dst, size_t cap)
{
	static const char shared[] = " (shared)";

	if (peer->is_self)
		snprintf(dst, cap, "(self)");
	else if (peer->id.pid)
		snprintf(dst, cap, "%s[%" PRId64 "]%s", peer->comm,
			 peer->id.pid,
			 peer->owner == OWNER_SHARED ? shared : "");
	else
		snprintf(dst, cap, "%s%s", peer->comm,
			 peer->owner == OWNER_SHARED ? shared : "");
}

static void draw_others(const struct details_peers *peers,
			struct canvas *canvas, struct rect area)
{
	char text[64], pages[UNITS_CAP];

	units_count(pages, sizeof(pages), peers->others_window);
	snprintf(text, sizeof(text), "%zu more, %s pages", peers->nr_others,
		 pages);
	canvas_put(canvas, area.row, area.col, area.cols, STYLE_WARN, text);
}

static void draw_peer(const struct details_peers *peers, int line,
		      struct canvas *canvas, struct rect area)
{
	const struct details_peer *peer = &peers->peer[line];
	char text[128];

	if (line >= (int)peers->nr) {
		draw_others(peers, canvas, area);
		return;
	}
	name_text(peer, text, sizeof(text));
	canvas_put(canvas, area.row, area.col, NAME_COLS - 1,
		   peer->is_self ? STYLE_DIM : STYLE_NORMAL, text);
	area.col += NAME_COLS;
	area.cols -= NAME_COLS;
	pair_text(canvas, peer->src, peer->dst, text);
	canvas_put(canvas, area.row, area.col, FLOW_COLS, STYLE_NORMAL, text);
	area.col += FLOW_COLS;
	area.cols -= FLOW_COLS;
	canvas_put_right(canvas, area.row, area.col, COUNT_COLS, STYLE_TITLE,
			 units_count(text, sizeof(text), peer->window));
	canvas_put(canvas, area.row, area.col + COUNT_COLS + 2,
		   area.cols - COUNT_COLS - 2, STYLE_NORMAL,
		   peer->reason ? peer->reason : "-");
}

static void peers_note(const struct details_facts *facts, char *dst,
		       size_t cap)
{
	char window[64];

	details_window_text(facts, window, sizeof(window));
	snprintf(dst, cap, "flow, pages and reason in the last %s", window);
}

static int movers_lines(const struct details_facts *facts)
{
	return peers_lines(peers_of(facts, DETAILS_MOVERS));
}

static void movers_draw_line(const struct details_facts *facts, int line,
			     struct canvas *canvas, struct rect area)
{
	draw_peer(peers_of(facts, DETAILS_MOVERS), line, canvas, area);
}

const struct details_section details_movers = {
	.name = "Its pages were moved by",
	.note = peers_note,
	.lines = movers_lines,
	.draw_line = movers_draw_line,
};

static int owners_lines(const struct details_facts *facts)
{
	return peers_lines(peers_of(facts, DETAILS_OWNERS));
}

static void owners_draw_line(const struct details_facts *facts, int line,
			     struct canvas *canvas, struct rect area)
{
	draw_peer(peers_of(facts, DETAILS_OWNERS), line, canvas, area);
}

const struct details_section details_owners = {
	.name = "It moved pages of",
	.note = peers_note,
	.lines = owners_lines,
	.draw_line = owners_draw_line,
};
