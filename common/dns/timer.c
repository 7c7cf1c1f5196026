#include "dns/timer.h"

#include <stddef.h>

/* The list of this span. When all are taken by other spans, the last is shared: slower, still right. */
static struct dw_timer_list *list_of(struct dw_timers *timers, dw_millis span)
{
	for (unsigned i = 0; i < timers->n_lists; i++) {
		if (timers->lists[i].span == span)
			return &timers->lists[i];
	}
	for (unsigned i = 0; i < timers->n_lists; i++) {
		if (timers->lists[i].first == NULL) {
			timers->lists[i].span = span;
			return &timers->lists[i];
		}
	}
	if (timers->n_lists == DW_TIMER_LISTS)
		return &timers->lists[DW_TIMER_LISTS - 1];
	struct dw_timer_list *list = &timers->lists[timers->n_lists++];
	*list = (struct dw_timer_list){.span = span};
	return list;
}

void dw_timer_set(struct dw_timers *timers, struct dw_timer *timer, dw_millis span, dw_deadline at)
{
	dw_timer_clear(timer);
	struct dw_timer_list *list = list_of(timers, span);
	struct dw_timer *before = list->last;

	while (before != NULL && before->at > at)
		before = before->before;
	timer->at = at;
	timer->list = list;
	timer->before = before;
	timer->behind = before == NULL ? list->first : before->behind;
	if (timer->behind == NULL)
		list->last = timer;
	else
		timer->behind->before = timer;
	if (before == NULL)
		list->first = timer;
	else
		before->behind = timer;
}

void dw_timer_clear(struct dw_timer *timer)
{
	struct dw_timer_list *list = timer->list;

	if (list == NULL)
		return;
	if (timer->before == NULL)
		list->first = timer->behind;
	else
		timer->before->behind = timer->behind;
	if (timer->behind == NULL)
		list->last = timer->before;
	else
		timer->behind->before = timer->before;
	*timer = (struct dw_timer){.at = timer->at};
}

dw_deadline dw_timers_next(const struct dw_timers *timers)
{
	dw_deadline next = DW_TIMER_NEVER;

	for (unsigned i = 0; i < timers->n_lists; i++) {
		const struct dw_timer *first = timers->lists[i].first;

		if (first != NULL && first->at < next)
			next = first->at;
	}
	return next;
}

struct dw_timer *dw_timers_take(struct dw_timers *timers, dw_deadline until)
{
	for (unsigned i = 0; i < timers->n_lists; i++) {
		struct dw_timer *first = timers->lists[i].first;

		if (first != NULL && first->at <= until) {
			dw_timer_clear(first);
			return first;
		}
	}
	return NULL;
}
