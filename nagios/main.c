#include "plugin.h"

int main(int argc, char **argv)
{
	return argc < 1 ? 3 : dw_plugin_run(&dw_plugin, argv);
}
