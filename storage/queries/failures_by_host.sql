/* Which hosts fail us, how often, and with what error last?
   Every request is a capture, the failed ones too, so nothing is left out. */
WITH asked AS (
    SELECT id, outcome, status, error, ended_at,
        substr(url_asked, 1, instr(substr(url_asked, 9), '/') + 7) AS host
    FROM capture
    WHERE url_asked LIKE 'http%'
)
SELECT host, count(*) AS requests, sum(outcome = 'failed') AS failed,
    max(CASE WHEN outcome = 'failed' THEN ended_at END) AS last_failure_at,
    (SELECT x.error FROM asked x WHERE x.host = asked.host AND x.outcome = 'failed' ORDER BY x.id DESC LIMIT 1) AS last_error
FROM asked
GROUP BY host
HAVING failed > 0
ORDER BY failed DESC;
