/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mptop: wires the parts. */
#include <fcntl.h>
#include <locale.h>
#include <unistd.h>

#include "app.h"
#include "app_config.h"
#include "options.h"
#include "source.h"

static bool is_batch(const struct options *options)
{
	return options->batch || !isatty(STDOUT_FILENO);
}

/* So that nothing opened later is taken for one of the three. */
static void standard_open(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct options options;
	struct source *source = NULL;
	struct config *config = NULL;
	int status;

	standard_open();
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	options_parse(&options, argc, argv);
	if (options.list_fields)
		status = app_list_fields();
	else if (options.check)
		status = app_check(&options);
	else
		status = app_open(&options, &source);
	if (!status && source)
		status = app_config_read(&options, source, &config);
	if (status && source)
		source_close(source);
	if (!status && source) {
		if (options.rows)
			status = app_draw(&options, config, source);
		else if (is_batch(&options))
			status = app_batch(&options, source);
		else
			status = app_screen(&options, config, source);
	}
	options_free(&options);
	config_free(config);
	return status;
}
