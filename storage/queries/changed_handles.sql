/* Which accounts changed their handle or name, and when did we first see each?
   The stable id stays: it is the same account, whatever it calls itself. */
SELECT acc.platform, acc.platform_id, h.handle, h.name, h.first_seen_at,
    h.id = (SELECT max(id) FROM account_handle x WHERE x.account_id = acc.id) AS current
FROM account_handle h
JOIN account acc ON acc.id = h.account_id
WHERE (SELECT count(*) FROM account_handle x WHERE x.account_id = acc.id) > 1
ORDER BY acc.id, h.id;
