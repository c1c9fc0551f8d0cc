//! The API answers as its description says.

use serde_json::Value;

use crate::util::Served;

/// Holds a value against a schema of the few words that the description uses.
fn fits(value: &Value, schema: &Value, all: &Value) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        return fits(value, &all["components"]["schemas"][name.rsplit('/').next().unwrap()], all);
    }
    if let Some(one) = schema.get("const") {
        return if value == one { Ok(()) } else { Err(format!("{value} is not {one}")) };
    }
    if let Some(some) = schema["enum"].as_array() {
        return if some.contains(value) { Ok(()) } else { Err(format!("{value} is none of {some:?}")) };
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !kinds.contains(&kind) {
        return Err(format!("{value} is {kind}, not {kinds:?}"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let there = value.get(name).ok_or(format!("{name} is missing"))?;
        if let Some(schema) = schema["properties"].get(name) {
            fits(there, schema, all).map_err(|e| format!("{name}: {e}"))?;
        }
    }
    for item in value.as_array().into_iter().flatten() {
        fits(item, &schema["items"], all)?;
    }
    Ok(())
}

#[test]
fn the_api_answers_as_its_description_says() {
    let server = Served::both();
    let description = server.json("/api/openapi.json");
    assert_eq!(
        (description["openapi"].as_str(), description["info"]["version"].as_str()),
        (Some("3.1.0"), Some(env!("CARGO_PKG_VERSION")))
    );
    let report = server.json("/api/record")["reports"][0]["id"].as_str().unwrap().to_owned();
    let mut answered = 0;
    for (path, operation) in description["paths"].as_object().unwrap() {
        if let Some(posted) = operation.get("post") {
            let schema = &posted["responses"]["200"]["content"]["application/json"]["schema"];
            let draft = "“Our members will sail on a promise,” said Petra Brandt.";
            let answer = server.send("POST", path, &[("Content-Type", "text/plain")], draft);
            fits(&serde_json::from_str(&answer.body).unwrap(), schema, &description).unwrap_or_else(|e| panic!("{e}"));
            answered += 1;
            continue;
        }
        let schema = &operation["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let filled = path.replace("{id}", &report);
        let asked = if path == "/api/search" { format!("{filled}?q=strait") } else { filled };
        let answer = server.json(&asked);
        fits(&answer, schema, &description).unwrap_or_else(|e| panic!("{asked}: {e}"));
        answered += 1;
    }
    assert_eq!(answered, 8, "each route of the API is described");
    for (path, status) in [
        ("/api/nosuch", 404),
        ("/api/record?story=nosuch", 404),
        ("/api/report/nosuch", 404),
        ("/api/record?as_of=x", 400),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(serde_json::from_str::<Value>(&answer.body).unwrap()["error"].is_string(), "{path}");
    }
}

#[test]
fn the_api_tells_the_same_record_as_the_keeper() {
    let server = Served::both();
    let mut store = rapporteur::Store::open(&server.path).unwrap();
    let record = store.record(&rapporteur::dossier::Scope::default()).unwrap();
    // As it is written: a probability of 32 bits has more digits as a value than on the page.
    let written: Value = serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap();
    assert_eq!(server.json("/api/record"), written);
    let hit = &server.json("/api/search?q=strait")["hits"][0];
    assert!(hit["exact"].is_string());
}
