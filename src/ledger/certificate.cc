#include "ledger/certificate.h"

#include <system_error>

#include "base/bytes.h"
#include "base/file.h"
#include "ledger/key_folder.h"
#include "merkle/signed_note.h"

namespace liggare::ledger {
namespace {

Json places_json(const std::vector<CheckedPlace>& places) {
  Json list = Json::array();
  for (const CheckedPlace& each : places) {
    list.push(Json::object()
                  .add("place", each.place)
                  .add("tried", each.tried)
                  .add("found", domain::word_of(each.found)));
  }
  return list;
}

bool is_complete(const std::vector<CheckedPlace>& places) {
  return std::none_of(places.begin(), places.end(),
                      [](const CheckedPlace& place) { return place.found == Found::still_there; });
}

std::filesystem::path made_folder(const std::filesystem::path& file, std::error_code& error) {
  std::filesystem::create_directories(file.parent_path(), error);
  return file.parent_path();
}

}  // namespace

Json certificate_json(const Ledger& ledger, const ExecutedErasure& done) {
  const domain::RecordedEvent& decided = *done.erasure.event;
  Json json = Json::object()
                  .add("origin", ledger.origin())
                  .add("decision", decided.event.id)
                  .add("subject", decided.event.subject.text());
  if (done.erasure.data.classes) {
    Json classes = Json::array();
    for (const PersonalClass each : *done.erasure.data.classes) classes.push(name_of(each));
    json.add("classes", std::move(classes));
  }
  if (done.erasure.data.targets) json.add("targets", Json::list(*done.erasure.data.targets));
  std::vector<std::string> key_ids;
  for (const std::string& each : done.destroyed.key_ids) key_ids.push_back(to_hex(each));
  json.add("reason", domain::word_of(done.erasure.data.reason))
      .add("decidedUnder", done.erasure.data.decision)
      .add("decidedBy", decided.event.actor)
      .add("decidedOn", decided.event.effective);
  if (done.again) {
    const domain::Event& executed = done.erasure.executed->event;
    json.add("executedBy", executed.actor)
        .add("executedOn", executed.effective)
        .add("firstCertificate", std::get<domain::ErasureExecuted>(executed.data).certificate)
        .add("destroyedAgainBy", done.actor)
        .add("destroyedAgainOn", ledger.today());
  } else {
    json.add("executedBy", done.actor).add("executedOn", ledger.today());
  }
  return json.add("vaultEpoch", done.destroyed.epoch)
      .add("keysDestroyed", Json::list(key_ids))
      .add("sectionsPunctured", done.destroyed.punctured)
      .add("sections", done.sections)
      .add("pass", places_json(done.places))
      .add("complete", is_complete(done.places));
}

Result<std::string> write_certificate(const Ledger& ledger, const ExecutedErasure& done) {
  LIGGARE_TRY(const merkle::SigningKey key, KeyFolder(ledger.folders().keys).signing_key());
  merkle::SignedNote note;
  note.text = std::string(certificate_header) + "\n" +
              certificate_json(ledger, done).canonical_text() + "\n";
  note.signatures.push_back({key.verifier().name, key.verifier().id(), key.sign(note.text)});
  const std::string bytes = note.print();
  std::error_code error;
  const auto folder = made_folder(done.certificate, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  LIGGARE_CHECK(replace_file(done.certificate, bytes, Readers::everyone));
  LIGGARE_CHECK(sync_folder(folder.parent_path()));
  return to_hex(sha256({bytes}).view());
}

}  // namespace liggare::ledger
