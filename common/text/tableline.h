/*
 * tableline: lines of tables as spreadsheets and forms export them, made lines of words.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_TEXT_TABLELINE_H
#define DW_TEXT_TABLELINE_H

/*
 * Takes the quotes out and, where a line is values or names with commas or semicolons between them
 * ("4711;13;2;0123…"), makes blanks of these. A comment behind a record stays one.
 */
void dw_tableline_open(char *line);

#endif
