#include "ledger/ledger.h"

#include "codec/record.h"
#include "ledger/erased_view.h"
#include "ledger/erasure_arrears.h"
#include "ledger/kept.h"
#include "ledger/parts.h"
#include "ledger/principal.h"
#include "ledger/sealer.h"
#include "projection/projector.h"
#include "projections/all.h"
#include "projections/history.h"
#include "vault/key_file.h"

namespace liggare::ledger {
namespace {

Result<Instant> last_recorded(const store::EventLog& log) {
  const std::uint64_t size = log.head().tree_size;
  if (size == 0) return Instant{};
  LIGGARE_TRY(const std::string bytes, log.record(size - 1));
  LIGGARE_TRY(const codec::Record record, codec::decode_record(bytes, size - 1));
  return record.event.recorded;
}

}  // namespace

Result<std::unique_ptr<vault::Vault>> open_vault(const Folders& folders) {
  LIGGARE_TRY(auto key, vault::read_key_file(vault_key_file(folders)));
  return vault::Vault::open(vault_folder(folders), std::move(key));
}

Ledger::Ledger(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Ledger::~Ledger() {
  parts_->sequencer.reset();  // Everything that waited is stored now.
  if (parts_->mode != Mode::write) return;
  // What is not marked is compared at the next opening.
  if (parts_->vault != nullptr) static_cast<void>(move_mark(*this, *parts_->vault));
  parts_->vault.reset();  // Its cache makes room for what is folded now.
  // Kept rows only save time: whoever reads next does what could not be done here, as when a
  // rebuild has them open.
  parts_->kept.reset();
  static_cast<void>(
      with_kept_for_writing(parts_->projections_folder(), [&](projection::KeptRows& kept) {
        return projection::catch_up(*parts_->log, projections::all_projections(), kept,
                                    parts_->log->head().tree_size);
      }));
}

Result<std::unique_ptr<Ledger>> Ledger::open(const OpenOptions& options) {
  auto parts = std::make_unique<Parts>();
  parts->folders = options.folders;
  parts->mode = options.mode;
  parts->clock = options.clock != nullptr ? options.clock : &parts->system_clock;
  // Kept rows before the log, so that they are never ahead of it.
  parts->kept = open_kept_for_reading(parts->projections_folder());
  const auto access = options.mode == Mode::write ? store::Access::write : store::Access::read_only;
  LIGGARE_TRY(parts->log, store::EventLog::open({options.folders.ledger, access, nullptr}));
  Instant recorded;
  if (options.mode == Mode::write) {
    LIGGARE_TRY(recorded, last_recorded(*parts->log));
  }
  std::unique_ptr<Ledger> ledger(new Ledger(std::move(parts)));
  if (options.mode == Mode::read) return ledger;
  Parts& own = *ledger->parts_;
  // What the vault has to know comes before anything can be sealed with it.
  auto vault = wait_for_vault_of(*ledger);
  if (vault) {
    own.vault = *std::move(vault);
  } else {
    own.vault_unavailable = vault.error();
  }
  own.sequencer = std::make_unique<Sequencer>(
      Sequencer::Options{*own.log, own.vault.get(), *own.clock, local_principal(), recorded});
  return ledger;
}

merkle::TreeHead Ledger::head() const { return parts_->log->head(); }
std::string Ledger::origin() const { return parts_->log->identity().origin; }
const Folders& Ledger::folders() const { return parts_->folders; }
const Clock& Ledger::clock() const { return *parts_->clock; }
const store::EventLog& Ledger::log() const { return *parts_->log; }
vault::Vault* Ledger::vault() const { return parts_->vault.get(); }
Day Ledger::today() const { return parts_->clock->now().ledger_day(); }

Result<std::vector<Verdict>> Ledger::append(const std::vector<Proposal>& proposals) {
  LIGGARE_ASSERT(parts_->sequencer != nullptr, "append needs a ledger open for writing");
  std::vector<Candidate> candidates;
  candidates.reserve(proposals.size());
  for (const Proposal& proposal : proposals) {
    candidates.push_back(read_candidate(proposal.line));
    candidates.back().expected_version = proposal.expected_version;
    candidates.back().is_hidden = proposal.is_hidden;
  }
  if (auto sealed = seal_personal(candidates, *parts_->log, parts_->vault.get()); !sealed) {
    return Unexpected{parts_->vault == nullptr ? *parts_->vault_unavailable : sealed.error()};
  }
  return parts_->sequencer->append(std::move(candidates), Atomicity::all_or_none);
}

Result<Verdict> Ledger::append_own(const OwnEvent& event) {
  LIGGARE_ASSERT(parts_->sequencer != nullptr, "append needs a ledger open for writing");
  const Json line = Json::object()
                        .add("specversion", "1.0")
                        .add("id", event.id)
                        .add("source", "/liggare")
                        .add("type", domain::name_of(event.type))
                        .add("subject", event.subject.text())
                        .add("effective", event.effective)
                        .add("actor", event.actor)
                        .add("data", event.data);
  std::vector<Candidate> candidates;
  candidates.push_back(read_candidate(line.text(), codec::Sender::own_command));
  LIGGARE_CHECK(seal_personal(candidates, *parts_->log, parts_->vault.get()));
  LIGGARE_TRY(std::vector<Verdict> verdicts,
              parts_->sequencer->append(std::move(candidates), Atomicity::all_or_none));
  return std::move(verdicts.front());
}

Result<std::string> Ledger::leaf(std::uint64_t position) const {
  return parts_->log->record(position);
}

Result<std::optional<std::uint64_t>> Ledger::position_of(std::string_view event_id) const {
  return parts_->log->position_of(event_id);
}

Result<void> Ledger::scan(std::uint64_t from, std::uint64_t to, const VisitEvent& visit) const {
  const Error stopped{ErrorCode::invalid_argument, "stopped by the visitor"};
  bool stop = false;
  const auto scanned = parts_->log->scan(
      {from, to}, [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
        LIGGARE_TRY(const codec::Record record, codec::decode_record(bytes, position));
        stop = !visit(record.event, bytes);
        if (stop) return Unexpected{stopped};
        return {};
      });
  if (!scanned && !stop) return Unexpected{scanned.error()};
  return {};
}

Result<domain::Stream> Ledger::stream(const domain::Subject& subject, std::uint64_t size) const {
  return projection::read_stream(*parts_->log, subject.text(), size);
}

Result<Json> Ledger::history_entry(std::uint64_t position) const {
  LIGGARE_TRY(const std::string bytes, leaf(position));
  LIGGARE_TRY(const codec::Record record, codec::decode_record(bytes, position));
  LIGGARE_TRY(const domain::Stream events, stream(record.event.event.subject, head().tree_size));
  const Json rows = projections::history_rows(events, erased_event_json(log()));
  LIGGARE_ASSERT(record.event.version <= rows.as_array()->size(), "an event is in its stream");
  return (*rows.as_array())[record.event.version - 1];
}

Result<bool> Ledger::refresh() {
  const std::uint64_t before = head().tree_size;
  LIGGARE_TRY(const merkle::TreeHead now, parts_->log->refresh());
  return now.tree_size > before;
}

}  // namespace liggare::ledger
