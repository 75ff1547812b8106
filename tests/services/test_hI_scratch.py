def test_it(app, register, environment):
    import time
    from datetime import date
    from pathlib import Path
    from collections import Counter
    from sqlalchemy import text
    from webapp.demo import load
    from webapp.demo.sending import Register
    reg=Register(app.extensions["keys"], app.config["JPT"].evidence)
    t=time.time(); print(load.load(register, reg, 1, date(2026,11,23), lambda a,b: None)); print("load", time.time()-t)
    t=time.time(); print(load.load(register, reg, 1, date(2026,11,24), lambda a,b: None)); print("again", time.time()-t)
    for q in ["select state, evidence_grade, count(*) from households group by 1,2 order by 1","select reason,count(*) from custody group by 1","select state,count(*),sum(hard_open),sum(soft_open),sum(evidence_due),sum(has_conflict::int) from interviews group by 1",
      "select position_inside,count(*),avg(accuracy),avg(village_distance) from interviews group by 1", "select sum(todo) todo,sum(received) rec,sum(returned) ret,sum(accepted) acc,sum(custody) cus,sum(closed) clo,sum(people),sum(evidence_none),sum(evidence_weak),sum(evidence_good) from village_progress",
      "select outcome,mode,count(*) from interviews group by 1,2","select level,count(*) from receipts group by 1","select avg(octet_length(envelope)),avg(pg_column_size(answers)),avg(pg_column_size(evaluation)) from revisions","select f->>'code', f->>'severity', count(*) from revisions, jsonb_array_elements(evaluation->'failures') f group by 1,2", "select jsonb_array_length(evaluation->'missing') n,count(*) from revisions r join interviews i on i.id=r.interview_id where outcome='interviewed' group by 1", "select findings, count(*) from revisions group by 1"]:
        print(q)
        for row in register.execute(text(q)).all(): print("   ",row)
    import json
    from webapp.domain import questionnaire
    s=[0]*40; f=[0]*40
    for a,b in register.execute(text("select surveyed, failing from village_progress")):
        for i,x in enumerate(a): s[i]+=x
        for i,x in enumerate(b): f[i]+=x
    print([(n, s[i], f[i], round(f[i]/max(1,s[i]),3)) for i,n in enumerate(questionnaire.indicator_numbers("bmn-31"))])
