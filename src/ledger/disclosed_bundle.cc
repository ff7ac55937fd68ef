#include "ledger/disclosed_bundle.h"

#include "audit/disclosed.h"

namespace liggare::ledger {
namespace {

Result<void> check_request(const BundleRequest& request, const Reader& reader) {
  const auto refuse = [](const char* why) { return fail(ErrorCode::invalid_argument, why); };
  if (request.subject.kind != domain::StreamKind::participant) {
    return refuse("personal data are disclosed in a participant's bundle alone");
  }
  if (request.expect == BundleRequest::Expect::absence) {
    return refuse("where there is no such stream, there is nothing to disclose");
  }
  if (reader.breaks_glass || reader.purpose == access::Purpose::emergency) {
    return refuse("breaking the glass is for looking; keys are not handed out so");
  }
  return {};
}

Result<std::vector<audit::DisclosedSection>> take_sections(Reading& reading, const Grant& grant,
                                                           const domain::Stream& events) {
  std::vector<audit::DisclosedSection> sections;
  for (const domain::RecordedEventPtr& event : events) {
    LIGGARE_TRY(auto opened, reading.disclose(grant, *event));
    for (OpenedSection& each : opened) {
      sections.push_back({event->position, each.personal_class, std::string(each.key.view()),
                          std::move(each.text)});
    }
  }
  return sections;
}

}  // namespace

Result<DisclosedBundle> write_disclosed_bundle(const Ledger& ledger, const NewestCheckpoint& newest,
                                               const BundleRequest& request, const Reader& reader,
                                               const std::filesystem::path& folder) {
  LIGGARE_CHECK(check_request(request, reader));
  // What can't be written should not be recorded as handed out.
  LIGGARE_CHECK(check_new_folder(folder));
  LIGGARE_TRY(const auto reading, Reading::open(ledger));
  LIGGARE_TRY(const access::Standing standing, reading->standing(reader.who, request.subject));
  DisclosedBundle made;
  // To whoever may not know of the participant no error may say more than ask() does.
  if (!standing.is_protected || standing.is_listed) {
    LIGGARE_TRY(made.bundle, make_bundle(ledger, newest, request));
  }
  LIGGARE_TRY(const domain::Stream events,
              ledger.stream(request.subject, newest.checkpoint.head.tree_size));
  Reader discloser = reader;
  discloser.action = access::Action::disclose_keys;
  LIGGARE_TRY(const Grant grant, reading->ask(discloser, request.subject, events));
  LIGGARE_TRY(const auto sections, take_sections(*reading, grant, events));
  made.record_id = grant.record_id;
  made.sections = sections.size();
  if (!sections.empty()) {
    add_disclosed(ledger.origin(), request.subject, audit::print_disclosed(sections), made.bundle);
  }
  LIGGARE_CHECK(write_bundle(made.bundle.files, folder, Readers::owner));
  return made;
}

}  // namespace liggare::ledger
