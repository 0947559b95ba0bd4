/* When did we not look, or not see all, and why?
   Posts of these stretches of time may be missing; a gap without an end is still open. */
SELECT w.target, g.reason, g.detail, g.began_at, g.ended_at,
    round((julianday(coalesce(g.ended_at, 'now')) - julianday(g.began_at)) * 24, 1) AS hours
FROM gap g
JOIN watch w ON w.id = g.watch_id
ORDER BY g.ended_at IS NOT NULL, g.began_at DESC;
