/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Output files; every write error is found, at the latest on closing. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "xalloc.h"

int output_open(struct output *output, const char *path, int flags,
		char **error)
{
	int fd, ret;

	*output = (struct output){ NULL, path, true };
	if (!path) {
		*output = (struct output){ stdout, "standard output", false };
		return 0;
	}
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW |
			O_CLOEXEC | O_NOCTTY | flags, 0600);
	if (fd < 0) {
		ret = -errno;
		*error = xasprintf("cannot open '%s': %s", path,
				   strerror(-ret));
		return ret;
	}
	output->file = fdopen(fd, "a");
	if (output->file)
		return 0;
	ret = -errno;
	close(fd);
	*error = xasprintf("cannot open '%s': %s", path, strerror(-ret));
	return ret;
}

char *output_error(const struct output *output, int error)
{
	const char *quote = output->close ? "'" : "";

	return xasprintf("cannot write to %s%s%s: %s", quote, output->name,
			 quote, strerror(error < 0 ? -error : error));
}

int output_close(struct output *output, char **error)
{
	int ret = 0;

	if (!output->file)
		return 0;
	errno = 0;
	if (fflush(output->file) || ferror(output->file))
		ret = errno ? -errno : -EIO;
	if (output->close && fclose(output->file) && !ret)
		ret = -errno;
	output->file = NULL;
	if (ret)
		*error = output_error(output, ret);
	return ret;
}
